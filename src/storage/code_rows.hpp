// storage/code_rows.hpp: one-use codes, invitations, allowances and owed mails, as rows.
//
// Codes are never stored, only their SHA-256. All functions run inside the caller's transaction and
// throw where the database fails.
#pragma once

#include "storage/user_rows.hpp"

namespace kinora {
using InvitationId = Id<struct InvitationTag>;
using MailId = Id<struct MailTag>;
}  // namespace kinora

namespace kinora::storage {

enum class CodePurpose { password, verification };
std::string_view to_string(CodePurpose purpose);

struct CodeRow {
    std::string hash;
    UserId user_id;
    CodePurpose purpose = CodePurpose::password;
    TimePoint created_at{};
    std::optional<TimePoint> expires_at;  // The owner's first one lasts until it is used.
};
void insert_code(Session& session, const CodeRow& code);
// Whether take_code would find it.
bool is_code_good(Session& session, std::string_view hash, CodePurpose purpose, TimePoint now);
// Uses it up: whose it was, where it had not expired. Other codes of that user and purpose go too.
std::optional<UserId> take_code(Session& session, std::string_view hash, CodePurpose purpose,
                                TimePoint now);
void remove_codes(Session& session, UserId user);
void forget_codes(Session& session, TimePoint before);

struct InvitationRow {
    InvitationId id;
    std::string code_hash;
    std::string email;  // Whom it is for; empty: whoever has the code.
    UserId created_by;
    TimePoint created_at{};
    TimePoint expires_at{};
    std::optional<TimePoint> used_at;
};
void insert_invitation(Session& session, const InvitationRow& invitation);
// Whether take_invitation would find it.
bool is_invitation_good(Session& session, std::string_view code_hash, std::string_view email,
                        TimePoint now);
// False where there is none for that address that can be used.
bool take_invitation(Session& session, std::string_view code_hash, std::string_view email,
                     TimePoint now);
Listed<InvitationRow> list_invitations(Session& session, const Slice& slice);
bool remove_invitation(Session& session, InvitationId id);

// Takes one of an allowance: `burst` at once, and one more each `interval` (the generic cell rate
// algorithm, ITU-T I.371). Nothing where it is taken, else how long to wait. Racing takers on
// several nodes are counted one after the other.
std::optional<Milliseconds> take_allowance(Session& session, std::string_view key, int burst,
                                           Milliseconds interval, TimePoint now);
void reset_allowance(Session& session, std::string_view key);
void forget_allowances(Session& session, TimePoint now);

// A mail that somebody is owed.
struct MailRow {
    MailId id;
    UserId user_id;
    CodePurpose purpose = CodePurpose::password;
    std::string base_url;  // Where the link in it starts.
    int tries = 0;
    TimePoint next_try_at{};
    TimePoint created_at{};
};
void insert_mail(Session& session, const MailRow& mail);
// The next one that is due; it is due again at `again_at` unless it is removed before.
std::optional<MailRow> take_due_mail(Session& session, TimePoint now, TimePoint again_at);
bool is_mail_due(Session& session, TimePoint now);
void put_off_mail(Session& session, MailId id, TimePoint until);
void remove_mail(Session& session, MailId id);

}  // namespace kinora::storage
