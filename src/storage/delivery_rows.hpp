// storage/delivery_rows.hpp: callbacks that are owed, and every attempt at one.
//
// A task has one end, so its delivery has the task's id. The row is written with the end itself, or
// not at all; a server that dies while it sends leaves a lease that runs out.
#pragma once

#include "storage/task_rows.hpp"

namespace kinora::storage {

enum class DeliveryState {
    waiting,    // For its first or its next attempt.
    delivered,  // A receiver said so.
    given_up,   // After the last attempt.
};
std::string_view to_string(DeliveryState state);
std::optional<DeliveryState> parse_delivery_state(std::string_view word);

struct DeliveryRow {
    TaskId id;  // Of the task.
    UserId user_id;
    ApplicationId application_id;
    std::string url;       // May hold secrets of the caller.
    std::string receiver;  // Host and port.
    std::string body;      // What it says; empty until the first attempt, or the task's deletion.
    DeliveryState state = DeliveryState::waiting;
    int attempt = 0;  // Made in all.
    int tries = 0;    // Made since it was last asked for.
    int round = 0;    // How often it was asked for again.
    std::optional<TimePoint> next_attempt_at;
    TimePoint created_at{};
    std::optional<TimePoint> finished_at;
};

struct DeliveryAttempt {
    int number = 1;
    TimePoint started_at{};
    Milliseconds latency{0};
    int status = 0;      // 0: there was no answer.
    std::string answer;  // How it begins.
    std::string error;   // Why there was none.
};

// Writes down that the end of a task has to be told, where it names a receiver.
void owe_delivery(Session& session, TaskId id, TimePoint now);

struct DeliverySearch {
    std::string sender{};  // Who takes them: a server process.
    TimePoint now{};
    TimePoint until{};  // Of its lease.
    int limit = 16;
    std::vector<std::string> busy_receivers{};  // Lanes: these get no more,
    std::vector<UserId> busy_users{};           // nor do these.
    int receiver_max = 2;                       // Of one receiver and one user in one answer.
    int user_max = 8;
};
// One user's way to one receiver: nobody else's deliveries wait in it.
std::string lane_of(const DeliveryRow& delivery);
// Takes deliveries that are due, the longest overdue first.
std::vector<DeliveryRow> take_deliveries(Session& session, const DeliverySearch& search);
// When the next one that nobody has taken is due; nothing where there is none.
std::optional<TimePoint> next_delivery_at(Session& session, TimePoint now);

// What comes of an attempt.
struct AfterAttempt {
    DeliveryState state = DeliveryState::waiting;
    std::optional<TimePoint> next{};  // When the next one is due; without it the delivery is over.
    bool counts = true;               // As a try.
};
// Writes an attempt at `delivery`, as it was taken, down with what comes of it. What was said first
// is said ever after. Where it was asked for again meanwhile it stays due. False where `sender` no
// longer has it.
bool note_attempt(Session& session, const DeliveryRow& delivery, std::string_view sender,
                  const DeliveryAttempt& attempt, std::string_view body, const AfterAttempt& after);
// Gives back what `sender` took and did not try; it is due as it was.
void return_delivery(Session& session, TaskId id, std::string_view sender);
// Gives back all that senders whose names begin with `prefix` took.
void return_deliveries_of(Session& session, std::string_view prefix);

// Due at once, or once the attempt under way is over, with all its tries before it; false where
// there is none of that id.
bool send_again(Session& session, TaskId id, TimePoint now);
// That is what it says, whatever becomes of the task. Nothing where it said something before.
void freeze_delivery(Session& session, TaskId id, std::string_view body);
void remove_delivery(Session& session, TaskId id);
// Those that were over before `before` and whose tasks are gone; how many.
std::int64_t forget_deliveries(Session& session, TimePoint before);

std::optional<DeliveryRow> find_delivery(Session& session, TaskId id);
std::vector<DeliveryAttempt> attempts_of(Session& session, TaskId id);

struct DeliveryFilter {
    UserId user_id;
    std::optional<ApplicationId> application_id;
    std::optional<TaskId> task_id;
    std::optional<DeliveryState> state;
    bool descending = true;  // By the time of the end.
    int limit = 12;
    int offset = 0;
};
struct DeliveryPage {
    std::vector<DeliveryRow> items;
    std::int64_t count = 0;
};
DeliveryPage list_deliveries(Session& session, const DeliveryFilter& filter);

}  // namespace kinora::storage
