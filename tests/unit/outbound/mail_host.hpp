// unit/outbound/mail_host.hpp: a mail server on loopback that keeps what it is told.
#pragma once

#include "unit/outbound/hostile_server.hpp"

#include <sys/socket.h>

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace kinora::outbound {

class MailHost {
public:
    // What it says to the commands that begin so, instead of "250 fine". An empty answer is none:
    // it waits until the client has gone.
    using Answers = std::map<std::string, std::string>;

    // `before` is called with each command before the answer.
    explicit MailHost(
        Answers answers = {}, std::function<void(const std::string&)> before = [](const auto&) {})
        : answers_(std::move(answers)),
          before_(std::move(before)),
          server_([this](Visit& visit) { serve(visit); }) {}

    std::string url(std::string_view host = "127.0.0.1") const {
        return "smtp://" + std::string(host) + ':' + std::to_string(server_.port());
    }
    int visits() const { return server_.visits(); }

    std::vector<std::string> commands() const {
        const std::lock_guard lock(mutex_);
        return commands_;
    }
    // As it came, with its line ends, and without the dot behind it.
    std::string letter() const {
        const std::lock_guard lock(mutex_);
        return letter_;
    }

private:
    void serve(Visit& visit) {
        visit.send("220 mail.test\r\n");
        for (std::string command = line(visit); !command.empty(); command = line(visit)) {
            command.resize(command.size() - 2);
            {
                const std::lock_guard lock(mutex_);
                commands_.push_back(command);
            }
            before_(command);
            const auto answer = answer_to(command);
            if (answer.empty()) {
                visit.wait_for_end();
                return;
            }
            visit.send(answer + "\r\n");
            if (command == "QUIT") return;
            if (command == "DATA" && answer.starts_with('3')) {
                take_letter(visit);
                visit.send(answer_to("letter") + "\r\n");
            }
        }
    }

    std::string answer_to(const std::string& command) const {
        for (const auto& [start, answer] : answers_) {
            if (command.starts_with(start)) return answer;
        }
        return command == "DATA" ? "354 go on" : "250 fine";
    }

    void take_letter(Visit& visit) {
        std::string letter;
        for (auto text = line(visit); !text.empty() && text != ".\r\n"; text = line(visit)) {
            letter += text.starts_with('.') ? text.substr(1) : text;
        }
        const std::lock_guard lock(mutex_);
        letter_ = letter;
    }

    // With its line end; empty where the client has gone.
    static std::string line(Visit& visit) {
        std::string text;
        for (char byte = 0; !text.ends_with("\r\n"); text += byte) {
            if (::recv(visit.descriptor(), &byte, 1, 0) <= 0) return {};
        }
        return text;
    }

    const Answers answers_;
    const std::function<void(const std::string&)> before_;
    mutable std::mutex mutex_;
    std::vector<std::string> commands_;
    std::string letter_;
    HostileServer server_;  // Last, for its thread uses the others.
};

}  // namespace kinora::outbound
