#include "app/admin/password_line.hpp"

#include <termios.h>
#include <unistd.h>
#include <istream>
#include <ostream>
#include <stdexcept>

namespace kinora::app::admin {
namespace {

// A shell puts its terminal right by itself after a program that was interrupted here.
class EchoOff {
public:
    explicit EchoOff(int terminal) : terminal_(terminal) {
        ::tcgetattr(terminal_, &before_);
        auto silent = before_;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        ::tcsetattr(terminal_, TCSAFLUSH, &silent);  // What was typed before is not the password.
    }
    ~EchoOff() { ::tcsetattr(terminal_, TCSANOW, &before_); }
    EchoOff(const EchoOff&) = delete;

private:
    const int terminal_;
    termios before_{};
};

std::string first_line(std::istream& in) {
    std::string line;
    if (!std::getline(in, line))
        throw std::runtime_error("--password-stdin found no line on standard input");
    return line;
}

}  // namespace

std::string read_password_line(std::istream& in, std::ostream& err, int descriptor) {
    if (descriptor < 0 || ::isatty(descriptor) == 0) return first_line(in);
    const EchoOff silence(descriptor);
    err << "Password: " << std::flush;
    const auto line = first_line(in);
    err << '\n';
    return line;
}

}  // namespace kinora::app::admin
