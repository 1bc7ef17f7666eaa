// storage/migrations.hpp: brings a database's schema up to date, step by numbered step.
#pragma once

#include "storage/connection.hpp"

namespace kinora::storage {

// The newest version that this program knows.
int schema_version();

// Applies what is missing up to version `last`, each step in a transaction of its own; where two
// processes start at once one waits for the other. Throws DatabaseUnavailable, also for a database
// newer than this program.
void migrate(Connection& connection, const Dialect& dialect, Log& log, int last = schema_version());

}  // namespace kinora::storage
