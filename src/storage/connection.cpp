// storage/connection.cpp: see connection.hpp.
#include "storage/connection.hpp"

namespace kinora::storage {

std::exception_ptr Failure::exception() const {
    switch (kind) {
        case Kind::disk_full:
            return std::make_exception_ptr(DiskFull(message));
        case Kind::unavailable:
        case Kind::connection_lost:
            return std::make_exception_ptr(DatabaseUnavailable(message));
        case Kind::conflict:
        case Kind::statement:
            break;
    }
    return std::make_exception_ptr(std::runtime_error(message));
}

Session& Connection::session() {
    if (!session_) session_ = std::make_unique<Session>(dialect_.connect(use_), dialect_);
    return *session_;
}

void Connection::begin() {
    for (bool first_try = true;; first_try = false) {
        auto& open = session();
        try {
            open.take_tasks_changed();
            open.take_accounts_changed();
            open.sql() << dialect_.begin(use_);
            return;
        } catch (const soci::soci_error& error) {
            const auto failure = judge(error);
            rollback();
            const bool lost = failure.kind == Failure::Kind::connection_lost;
            if (!lost || !first_try) std::rethrow_exception(failure.exception());
        }
    }
}

void Connection::commit() {
    auto& open = session();
    if (open.take_tasks_changed()) dialect_.announce_tasks(open.sql());
    open.sql() << "COMMIT";
}

void Connection::rollback() noexcept {
    if (!session_) return;
    try {
        if (dialect_.in_transaction(session_->sql())) session_->sql() << "ROLLBACK";
        session_->forget_prepared();
    } catch (...) {
        drop();
    }
}

Failure Connection::judge(const soci::soci_error& error) {
    auto failure = dialect_.judge(session().sql(), error);
    // What the next one meets may be better; this connection will not be.
    if (failure.kind == Failure::Kind::connection_lost) drop();
    return failure;
}

}  // namespace kinora::storage
