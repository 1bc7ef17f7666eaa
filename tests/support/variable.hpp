// tests/support/variable.hpp: an environment variable for as long as a test needs it.
#pragma once

#include <cstdlib>
#include <string>
#include <utility>

namespace kinora::test {

// Not while other threads read the environment.
class Variable {
public:
    Variable(std::string name, const std::string& value) : name_(std::move(name)) {
        ::setenv(name_.c_str(), value.c_str(), 1);
    }
    ~Variable() { ::unsetenv(name_.c_str()); }
    Variable(const Variable&) = delete;

private:
    std::string name_;
};

}  // namespace kinora::test
