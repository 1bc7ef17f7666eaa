#include "tasks/courier.hpp"

#include "accounts/webhook.hpp"
#include "storage/account_rows.hpp"

namespace kinora::tasks {
namespace {

constexpr const char* kStopped = "This server stopped before an answer came.";

// What is kept of an answer is shown as text.
std::string printable(std::string_view bytes) {
    std::string text;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        text.push_back(byte >= 0x20 && byte < 0x7f ? c : byte == '\n' ? '\n' : '?');
    }
    return text;
}

}  // namespace

std::optional<Courier::Message> Courier::compose(const storage::DeliveryRow& delivery) {
    return database_.read_now([&](storage::Session& session) -> std::optional<Message> {
        const auto application = storage::find_application(session, delivery.application_id);
        if (!application) return std::nullopt;
        if (!delivery.body.empty()) return Message{delivery.body, application->webhook_secret};
        const auto task = storage::find_task(session, delivery.id);
        if (!task) return std::nullopt;
        return Message{worder_(*task), application->webhook_secret};
    });
}

std::optional<TimePoint> Courier::next_try(int tries, TimePoint now) {
    if (tries > static_cast<int>(kRetryAfter.size())) return std::nullopt;
    const Milliseconds pause = kRetryAfter[static_cast<std::size_t>(tries - 1)];
    const auto part = static_cast<double>(random_.number() >> 11) / double(1ULL << 53);
    const auto jitter = 1 - kRetryJitter + 2 * kRetryJitter * part;
    return now + Milliseconds(static_cast<std::int64_t>(double(pause.count()) * jitter));
}

void Courier::deliver(const storage::DeliveryRow& delivery, std::stop_token stop) {
    const auto message = compose(delivery);
    if (!message) return;  // The task was deleted, and its delivery with it.
    const auto id = delivery.id.str();
    storage::DeliveryAttempt attempt;
    attempt.started_at = clock_.now();
    const auto seconds =
        std::chrono::floor<std::chrono::seconds>(attempt.started_at).time_since_epoch().count();
    const outbound::Letter letter{
        {"Content-Type: application/json", "webhook-id: " + id,
         "webhook-timestamp: " + std::to_string(seconds),
         "webhook-signature: " + accounts::sign_webhook(Secret<std::string>(message->secret), id,
                                                        attempt.started_at, message->body)},
        message->body};
    const auto began = clock_.steady();
    const auto reply = post_(delivery.url, letter, stop);
    const bool stopped = !reply && reply.error().code() == ErrorCode::cancelled;
    attempt.latency = std::chrono::duration_cast<Milliseconds>(clock_.steady() - began);
    attempt.status = reply ? reply->status : 0;
    if (reply) attempt.answer = printable(reply->start);
    if (!reply) attempt.error = stopped ? kStopped : reply.error().message();

    const bool done = reply && reply->is_success();
    storage::AfterAttempt after;
    after.counts = !stopped;
    if (stopped) {
        after.next = attempt.started_at;  // Due as it was.
    } else if (!done) {
        after.next = next_try(delivery.tries + 1, attempt.started_at + attempt.latency);
    }
    after.state = done         ? storage::DeliveryState::delivered
                  : after.next ? storage::DeliveryState::waiting
                               : storage::DeliveryState::given_up;
    const auto next = after.next;
    database_.write_now([&](storage::Session& session) {
        storage::note_attempt(session, delivery, sender_, attempt, message->body, after);
    });
    const Log::Fields facts{{"task", id},
                            {"status", attempt.status},
                            {"attempt", delivery.attempt + 1},
                            {"ms", attempt.latency.count()}};
    if (done) {
        log_.info("delivery.done", facts);
    } else {
        log_.warn(next ? "delivery.failed" : "delivery.given_up", facts);
    }
}

}  // namespace kinora::tasks
