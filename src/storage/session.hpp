// storage/session.hpp: one open connection and the statements that it has prepared.
//
// Private to this room. A Session is used by one thread at a time.
#pragma once

#include <soci/soci.h>
#include <functional>
#include <memory>
#include <typeindex>
#include <unordered_map>
#include <utility>

namespace kinora::storage {

class Dialect;

class Session {
public:
    // The dialect outlives the session.
    Session(std::unique_ptr<soci::session> sql, const Dialect& dialect)
        : sql_(std::move(sql)), dialect_(dialect) {}

    soci::session& sql() { return *sql_; }
    const Dialect& dialect() const { return dialect_; }

    // The one `Statement(Session&)` of this connection, made at its first use. Preparing costs more
    // than most queries do, so those of every request are kept this way.
    template <class Statement>
    Statement& prepared() {
        auto& slot = prepared_[std::type_index(typeid(Statement))];
        if (!slot) slot = std::make_shared<Statement>(*this);
        return *static_cast<Statement*>(slot.get());
    }
    // After a failure: a statement that stopped half-way would hold its snapshot open.
    void forget_prepared() { prepared_.clear(); }

    // Called before each statement of a Query, which does not run where it throws: a test stops a
    // transaction between any two statements this way. Set by tests alone.
    void before_statement(std::function<void()> hook) { before_statement_ = std::move(hook); }
    void begin_statement() const {
        if (before_statement_) before_statement_();
    }

    // Whoever watches tasks is told when the transaction commits.
    void mark_tasks_changed() { tasks_changed_ = true; }
    bool take_tasks_changed() { return std::exchange(tasks_changed_, false); }
    // Whoever keeps rows of people, applications or keys in memory is told the same way.
    void mark_accounts_changed() { accounts_changed_ = true; }
    bool take_accounts_changed() { return std::exchange(accounts_changed_, false); }

private:
    std::unique_ptr<soci::session> sql_;
    const Dialect& dialect_;
    std::unordered_map<std::type_index, std::shared_ptr<void>> prepared_;
    std::function<void()> before_statement_;
    bool tasks_changed_ = false;
    bool accounts_changed_ = false;
};

}  // namespace kinora::storage
