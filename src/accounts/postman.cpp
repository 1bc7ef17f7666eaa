#include "accounts/postman.hpp"

#include "accounts/people.hpp"

#include <algorithm>
#include <array>
#include <condition_variable>
#include <mutex>

namespace kinora::accounts {
namespace {

using storage::CodePurpose;
using storage::Session;

constexpr Milliseconds kLookEvery{1'000};
// Before the second try, the third, and so on: half a day in all.
constexpr std::array<Milliseconds, 7> kAgainAfter{Milliseconds(60'000),    Milliseconds(300'000),
                                                  Milliseconds(900'000),   Milliseconds(3'600'000),
                                                  Milliseconds(7'200'000), Milliseconds(14'400'000),
                                                  Milliseconds(14'400'000)};

Postman::Letter compose(const storage::UserRow& user, const storage::MailRow& mail,
                        const Code& code) {
    const auto link = link_to(mail.base_url, mail.purpose, code);
    if (mail.purpose == CodePurpose::verification) {
        return {user.email, "Confirm your e-mail address",
                "Somebody, you we hope, has made an account with this address at " + mail.base_url +
                    ".\n\nTo confirm that the address is yours, open\n\n  " + link +
                    "\n\nThe link works for three days. If it was not you, do nothing.\n"};
    }
    return {user.email, "Set a new password",
            "Somebody, you we hope, has asked for a new password at " + mail.base_url +
                ".\n\nTo set one, open\n\n  " + link +
                "\n\nThe link works for an hour. If it was not you, do nothing: your password is "
                "as it was.\n"};
}

}  // namespace

bool Postman::send_one(const std::stop_token& stop) {
    struct Due {
        storage::MailRow mail;
        Letter letter;
        bool is_owed = false;  // Not where the account is gone or needs it no more.
    };
    const auto due = database_.write_now([&](Session& session) -> std::optional<Due> {
        const auto now = clock_.now();
        // Where this process dies, another one sends it a minute later.
        const auto mail = storage::take_due_mail(session, now, now + kAgainAfter.front());
        if (!mail) return std::nullopt;
        Due found{*mail, {}, false};
        const auto user = storage::find_user(session, mail->user_id);
        found.is_owed = user && !user->deleted_at && !user->disabled &&
                        !(mail->purpose == CodePurpose::verification && user->verified_at);
        if (found.is_owed)
            found.letter =
                compose(*user, *mail, make_code(session, user->id, mail->purpose, random_, now));
        return found;
    });
    if (!due) return false;
    Result<void> sent = ok();
    if (due->is_owed) sent = send_(due->letter, stop);
    const auto tries = static_cast<std::size_t>(due->mail.tries);
    const bool for_good =
        !sent && (sent.error().code() == ErrorCode::bad_request || tries > kAgainAfter.size());
    database_.write_now([&](Session& session) {
        if (sent || for_good) return storage::remove_mail(session, due->mail.id);
        const auto pause = kAgainAfter[std::min(tries, kAgainAfter.size()) - 1];
        storage::put_off_mail(session, due->mail.id, clock_.now() + pause);
    });
    Log::Fields facts{{"user", due->mail.user_id.str()},
                      {"purpose", storage::to_string(due->mail.purpose)},
                      {"try", due->mail.tries}};
    if (sent && due->is_owed) log_.info("mail.sent", facts);
    if (!sent) {
        facts["reason"] = sent.error().message();
        for_good ? log_.error("mail.given_up", facts) : log_.warn("mail.failed", facts);
    }
    return true;
}

void Postman::run(const std::stop_token& stop) {
    std::mutex mutex;
    std::condition_variable_any wake;
    while (!stop.stop_requested()) {
        try {
            const auto now = clock_.now();
            const bool any = database_.read_now(
                [now](Session& session) { return storage::is_mail_due(session, now); });
            if (any && send_one(stop)) continue;
        } catch (const std::exception& error) {
            log_.warn("mail.failed", {{"reason", error.what()}});  // The next look tries again.
        }
        std::unique_lock lock(mutex);
        wake.wait_for(lock, stop, kLookEvery, [] { return false; });
    }
}

}  // namespace kinora::accounts
