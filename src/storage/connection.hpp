// storage/connection.hpp: a connection that is made when it is needed and again when it was lost.
#pragma once

#include "storage/dialect.hpp"
#include "storage/session.hpp"

#include <memory>

namespace kinora::storage {

class Connection {
public:
    // The dialect outlives the connection.
    Connection(const Dialect& dialect, Use use) : dialect_(dialect), use_(use) {}

    // Connects where there is no connection. Throws DatabaseUnavailable or DiskFull.
    Session& session();

    // Opens a transaction; where the server has hung up since the last one, on a new connection.
    // Throws DatabaseUnavailable, DiskFull or std::runtime_error.
    void begin();
    // Throws soci_error.
    void commit();
    // Leaves no transaction open: where that fails there is no connection left. Never throws.
    void rollback() noexcept;
    void drop() noexcept { session_.reset(); }

    Failure judge(const soci::soci_error& error);

private:
    const Dialect& dialect_;
    const Use use_;
    std::unique_ptr<Session> session_;
};

}  // namespace kinora::storage
