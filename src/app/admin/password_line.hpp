// app/admin/password_line.hpp: a password from standard input, never from an argument, which others
// on this machine can read.
#pragma once

#include <iosfwd>
#include <string>

namespace kinora::app::admin {

// The first line of `in`. Where `descriptor` is a terminal (-1: none), asks for it on `err` and
// shows nothing of what is typed. Throws std::runtime_error where there is no line.
std::string read_password_line(std::istream& in, std::ostream& err, int descriptor);

}  // namespace kinora::app::admin
