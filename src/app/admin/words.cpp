#include "app/admin/words.hpp"

#include "accounts/names.hpp"
#include "app/setting_values.hpp"

#include <algorithm>
#include <stdexcept>

namespace kinora::app::admin {
namespace {

constexpr Milliseconds kTermMax{3'650LL * 24 * 3'600'000};
constexpr std::size_t kDecimals = 6;
constexpr std::size_t kWholeDigits = 10;  // Of kCreditsMax.

// The user's address as it is kept; the owner's may be any word that the operator chose.
std::string kept_email(const std::string& word) {
    const auto email = accounts::clean_email(word);
    return email ? *email : word;
}

bool are_digits(const std::string& text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

UserWord::UserWord(const std::string& word) : word_(word), id_(UserId::parse(word)) {
    if (id_ || word == "owner" || word.find('@') != std::string::npos) return;
    throw std::runtime_error("USER must be an e-mail address, an id or the word `owner`, not `" +
                             word + "`");
}

std::optional<storage::UserRow> UserWord::look_up(storage::Session& session) const {
    if (word_ == "owner") return storage::find_owner(session);
    if (id_) return storage::find_user(session, *id_);
    return storage::find_user_by_email(session, kept_email(word_));
}

storage::UserRow UserWord::find(storage::Session& session) const {
    auto user = look_up(session);
    if (user && !user->deleted_at) return std::move(*user);
    throw std::runtime_error("there is no user `" + word_ +
                             "`; `kinora admin user list` shows them all");
}

storage::ServiceRow find_service(storage::Session& session, const std::string& name_or_id) {
    for (auto& service : storage::all_services(session)) {
        if (service.name == name_or_id || service.id.str() == name_or_id) return std::move(service);
    }
    throw std::runtime_error("there is no service `" + name_or_id +
                             "`; `kinora admin service list` shows them all");
}

ApplicationId parse_application_id(const std::string& word) {
    const auto id = ApplicationId::parse(word);
    if (id) return *id;
    throw std::runtime_error(
        "ID must be an application's, as `kinora admin application list` shows "
        "them, not `" +
        word + "`");
}

Credits parse_credits(const std::string& name, const std::string& word) {
    const auto point = std::min(word.find('.'), word.size());
    const auto whole = word.substr(0, point);
    auto decimals = point < word.size() ? word.substr(point + 1) : "0";
    const bool is_amount = !whole.empty() && whole.size() <= kWholeDigits && are_digits(whole) &&
                           !decimals.empty() && decimals.size() <= kDecimals &&
                           are_digits(decimals);
    if (is_amount) {
        decimals.resize(kDecimals, '0');
        const Credits amount{std::stoll(whole + decimals)};
        if (amount <= kCreditsMax) return amount;
    }
    throw std::runtime_error(name +
                             " must be an amount such as 25 or 0.125, with at most six "
                             "decimals and up to 1000000000, not `" +
                             word + "`");
}

Milliseconds parse_term(const char* name, const std::string& word) {
    const auto term = parse_duration(name, word);
    if (term.count() > 0 && term <= kTermMax) return term;
    throw std::runtime_error(std::string(name) +
                             " must be more than nothing and at most 3650d, not `" + word + "`");
}

std::string parse_name(const char* field, const std::string& text, std::size_t max) {
    if (text.empty()) return {};
    const auto clean = accounts::clean_name(field, text, max);
    if (!clean) throw std::runtime_error(clean.error().message());
    return *clean;
}

}  // namespace kinora::app::admin
