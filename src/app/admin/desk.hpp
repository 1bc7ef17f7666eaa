// app/admin/desk.hpp: what the commands of `kinora admin` do their work with.
//
// They have one fence, run(): a refusal is thrown as std::runtime_error with its sentence, and what
// the transaction wrote until then is taken back.
#pragma once

#include "accounts/administration.hpp"
#include "app/admin/command.hpp"
#include "storage/database.hpp"

#include <boost/json/object.hpp>
#include <stdexcept>
#include <string>

namespace kinora::app::admin {

// The value; throws where there is an error instead.
template <class T>
T must(Result<T> result) {
    if (!result) throw std::runtime_error(result.error().message());
    if constexpr (!std::is_void_v<T>) return std::move(*result);
}

class Desk {
public:
    // All of it outlives the desk. Links start at `base_url`.
    Desk(storage::Database& database, const Terminal& terminal, std::string base_url)
        : database_(database), terminal_(terminal), base_url_(std::move(base_url)) {}

    // `find(Session&)`, on one snapshot.
    template <class F>
    auto read(F find) {
        return database_.read_now(std::move(find));
    }
    // `act(const accounts::Office&)`, in one transaction.
    template <class F>
    auto write(F act) {
        return database_.write_now([this, &act](storage::Session& session) {
            return act(
                accounts::Office{session, actor_, accounts::Role::owner, random_, clock_.now()});
        });
    }

    void print(const boost::json::object& object);
    // The rows of a list, and a word on standard error where there are more.
    template <class Row, class ToJson>
    void print(const storage::Listed<Row>& listed, ToJson to_json) {
        for (const auto& row : listed.items) print(to_json(row));
        tell_of_more(listed.items.size(), listed.count);
    }

    // Reads a password, which must be fit for the user with that address, and hashes it.
    std::string read_password_hash(const std::string& email);
    // Ends when every running server has noticed what was committed before.
    void let_servers_notice();

    const std::string& base_url() const { return base_url_; }
    TimePoint now() const { return clock_.now(); }

private:
    void tell_of_more(std::size_t shown, std::int64_t count);

    storage::Database& database_;
    const Terminal& terminal_;
    const std::string base_url_;
    const accounts::Actor actor_;  // "command line".
    SystemClock clock_;
    SystemRandom random_;
};

}  // namespace kinora::app::admin
