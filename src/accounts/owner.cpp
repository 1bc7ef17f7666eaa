#include "accounts/owner.hpp"

#include "accounts/applications.hpp"
#include "accounts/token.hpp"
#include "base/ensure.hpp"
#include "storage/code_rows.hpp"

#include <fcntl.h>
#include <unistd.h>
#include <algorithm>
#include <boost/json.hpp>
#include <cerrno>
#include <cstdio>
#include <stdexcept>
#include <system_error>

namespace kinora::accounts {
namespace {

using storage::Session;

// What stands in owner.json; secrets leave the process only here and on the operator's terminal.
struct OwnerFile {
    UserId user_id;
    std::string email;
    Secret<std::string> token;
    std::string setup_url;
    Secret<std::string> webhook_secret;
};

[[noreturn]] void fail(const char* what, const std::filesystem::path& path) {
    throw std::system_error(errno, std::system_category(), std::string(what) + ' ' + path.string());
}

void write_all(int descriptor, std::string_view text, const std::filesystem::path& path) {
    while (!text.empty()) {
        const auto written = ::write(descriptor, text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) {
            ::close(descriptor);
            fail("cannot write", path);
        }
        text.remove_prefix(static_cast<std::size_t>(written));
    }
}

// Readable by the owner of the process alone from its first byte on; whole or not there.
void write_private_file(const std::filesystem::path& path, const std::string& text) {
    auto temporary = path;
    temporary += ".new";
    ::unlink(temporary.c_str());
    const int descriptor = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0) fail("cannot create", temporary);
    write_all(descriptor, text, temporary);
    const bool synced = ::fsync(descriptor) == 0;
    ::close(descriptor);
    if (!synced) fail("cannot write", temporary);
    if (::rename(temporary.c_str(), path.c_str()) != 0) fail("cannot create", path);
}

void write_owner_file(const std::filesystem::path& folder, const OwnerFile& owner) {
    const boost::json::object fields{{"user_id", owner.user_id.str()},
                                     {"email", owner.email},
                                     {"api_token", owner.token.reveal()},
                                     {"setup_url", owner.setup_url},
                                     {"webhook_secret", owner.webhook_secret.reveal()}};
    std::string text = "{\n";
    for (const auto& field : fields) {
        text += "  " + boost::json::serialize(boost::json::string(field.key())) + ": " +
                boost::json::serialize(field.value());
        text += &field == &*std::prev(fields.end()) ? "\n" : ",\n";
    }
    write_private_file(folder / "owner.json", text + "}\n");
}

// The token in an owner.json of an earlier start is out of date once another is fixed.
void update_owner_file(const std::filesystem::path& folder, const Secret<std::string>& token) {
    const auto path = folder / "owner.json";
    std::FILE* file = std::fopen(path.c_str(), "re");
    if (file == nullptr) return;  // The operator may keep it elsewhere.
    std::string text(64 * 1024, '\0');
    text.resize(std::fread(text.data(), 1, text.size(), file));
    std::fclose(file);
    boost::system::error_code error;
    auto value = boost::json::parse(text, error);
    if (error || !value.is_object()) return;
    const auto& fields = value.get_object();
    const auto word = [&](const char* key) {
        const auto* found = fields.if_contains(key);
        return found != nullptr && found->is_string() ? std::string(found->get_string())
                                                      : std::string();
    };
    const auto user_id = UserId::parse(word("user_id"));
    if (!user_id || word("api_token") == token.reveal()) return;
    write_owner_file(folder, {*user_id, word("email"), token, word("setup_url"),
                              Secret<std::string>(word("webhook_secret"))});
}

Owner create_owner(storage::Database& database, const OwnerOptions& options, Random& random,
                   TimePoint now) {
    const auto token = options.token.reveal().empty() ? make_token(random) : options.token;
    const auto code = make_token(random);
    storage::UserRow user;
    user.id = UserId::make(random);
    user.email = options.email;
    user.nickname = "Owner";
    user.role = "owner";
    user.verified_at = now;
    user.created_at = now;
    storage::ApplicationRow application;
    application.id = ApplicationId::make(random);
    application.user_id = user.id;
    application.service_id = *ServiceId::parse(kLumaServiceId);
    application.type = "Usage";
    application.scope = "Individual";
    application.metered = false;
    application.webhook_secret = make_webhook_secret(random).reveal();
    application.created_at = now;
    storage::CredentialRow credential;
    credential.id = CredentialId::make(random);
    credential.application_id = application.id;
    credential.user_id = user.id;
    credential.name = "owner";
    credential.token_hash = hash_token(token.reveal());
    credential.token_prefix = token_prefix(token.reveal());
    credential.limited = false;
    credential.created_at = now;

    // The code is in the fragment, which browsers do not send and servers do not log.
    const auto setup_url = options.base_url + "/setup#code=" + code.reveal();
    write_owner_file(options.data_folder, {user.id, user.email, token, setup_url,
                                           Secret<std::string>(application.webhook_secret)});
    database.write_now([&](Session& session) {
        storage::insert_user(session, user);
        storage::insert_application(session, application);
        storage::note_acquired(session, application);
        storage::insert_credential(session, credential);
        storage::insert_code(session, {hash_token(code.reveal()), user.id,
                                       storage::CodePurpose::password, now, std::nullopt});
        general_balance(session, user.id, random, now);
    });
    return {user.id, true, token, Secret<std::string>(setup_url)};
}

// The owner's first token is that of the oldest credential of the oldest application. The general
// balance, made in the same moment, is another one.
void fix_token(storage::Database& database, const UserId& owner, const Secret<std::string>& token) {
    const auto hash = hash_token(token.reveal());
    const auto prefix = token_prefix(token.reveal());
    database.write_now([&](Session& session) {
        const auto applications = storage::applications_of(session, owner);
        const auto first =
            std::find_if(applications.begin(), applications.end(),
                         [](const auto& application) { return !application.is_global(); });
        if (first == applications.end()) return;
        const auto credentials = storage::credentials_of(session, first->id);
        if (credentials.empty() || credentials.front().token_hash == hash) return;
        storage::replace_token(session, credentials.front().id, hash, prefix);
    });
}

}  // namespace

Owner ensure_owner(storage::Database& database, const OwnerOptions& options, Random& random,
                   const Clock& clock) {
    const auto user =
        database.read_now([](Session& session) { return storage::find_owner(session); });
    if (!user) return create_owner(database, options, random, clock.now());
    database.write_now(  // Databases of former versions have none.
        [&](Session& session) { general_balance(session, user->id, random, clock.now()); });
    Owner owner{user->id, false, std::nullopt, std::nullopt};
    if (!options.token.reveal().empty()) {
        update_owner_file(options.data_folder, options.token);
        fix_token(database, user->id, options.token);
        owner.token = options.token;
    }
    return owner;
}

}  // namespace kinora::accounts
