// app/admin/command.hpp: `kinora admin`, by which scripts run a server, and by which the owner who
// has lost the password comes back in.
//
// It works on the database itself, whether a server runs on it or not, and leaves the data folder's
// lock alone. Everything that it changes is in the audit trail as done by the "command line".
#pragma once

#include "base/clock.hpp"

#include <functional>
#include <iosfwd>

namespace CLI {
class App;
}

namespace kinora::app {
struct Config;
}

namespace kinora::app::admin {

class Desk;

// What one call of the program is to do. Throws std::runtime_error with a sentence for the operator
// where it cannot.
using Act = std::function<void(Desk&)>;

// Declares the commands under `admin`. Parsing leaves the act of the one that was called in
// `chosen`, or throws std::runtime_error about a word that cannot be used.
void add_commands(CLI::App& admin, Act& chosen);

// What the program reads from, writes to and waits by.
struct Terminal {
    std::istream& in;
    std::ostream& out;       // JSON, one object a line.
    std::ostream& err;       // Sentences.
    int in_descriptor = -1;  // Of `in`, where that may be a terminal; else -1.
    std::function<void(Milliseconds)> wait;
};

// Does it; gives the exit status, 0 or 1.
int run(const Config& config, const Act& act, const Terminal& terminal);

}  // namespace kinora::app::admin
