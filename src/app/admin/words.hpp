// app/admin/words.hpp: the words of a command, judged, and whom or what they mean.
//
// Both throw std::runtime_error with a sentence for the operator: what has no meaning when it is
// parsed, what is not there when it is looked up.
#pragma once

#include "base/clock.hpp"
#include "base/credits.hpp"
#include "storage/service_rows.hpp"

#include <optional>
#include <string>

namespace kinora::app::admin {

// An e-mail address, an id, or the word `owner`.
class UserWord {
public:
    explicit UserWord(const std::string& word);
    storage::UserRow find(storage::Session& session) const;

private:
    std::optional<storage::UserRow> look_up(storage::Session& session) const;

    std::string word_;
    std::optional<UserId> id_;
};

// By its name or its id.
storage::ServiceRow find_service(storage::Session& session, const std::string& name_or_id);
ApplicationId parse_application_id(const std::string& word);

// "12", "0.25": at most six decimals, exact, up to kCreditsMax. `name` is what it is the value of.
Credits parse_credits(const std::string& name, const std::string& word);
// How long something holds: "90m", "30d"; more than nothing, and ten years at most.
Milliseconds parse_term(const char* name, const std::string& word);
// A name as people see it; empty stays empty.
std::string parse_name(const char* field, const std::string& text, std::size_t max);

}  // namespace kinora::app::admin
