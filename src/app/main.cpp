// app/main.cpp: the program `kinora`.
#include "app/config.hpp"
#include "app/server.hpp"
#include "app/spawn.hpp"

#include <malloc.h>
#include <pthread.h>
#include <unistd.h>
#include <csignal>
#include <cstring>
#include <iostream>
#include <thread>

namespace {

using namespace kinora;

// Printed for the operator, who is the only reader of the terminal: the token is shown once.
void greet(const app::Server& server) {
    const auto url = server.config().base_url();
    const auto& owner = server.owner();
    std::cout << "Kinora serves on " << url << "\n  data folder   " << server.config().data.string()
              << '\n';
    if (owner.created) {
        const auto& token = owner.token->reveal();
        std::cout << "  owner         " << server.config().owner_email << "  (user "
                  << owner.user_id.str() << ")\n  API token     " << token
                  << "\n  all of it is kept in " << (server.config().data / "owner.json").string()
                  << "\n\nOpen this once in a browser, to choose the owner's password:\n\n  "
                  << owner.setup_url->reveal() << "\n\nA first video:\n\n  curl -s " << url
                  << "/luma/videos -H 'Authorization: Bearer " << token
                  << "' -H 'Content-Type: application/json' -d '{\"prompt\": \"Astronauts shuttle "
                     "from space to volcano\"}'\n\n";
    } else {
        std::cout << "  API token     see " << (server.config().data / "owner.json").string()
                  << '\n';
    }
    std::cout << std::flush;
}

int fail(const std::string& sentence) {
    std::cerr << "kinora: " << sentence << '\n';
    return 1;
}

// `kinora worker` becomes the worker program, which lies beside this one.
int become_worker(char** argv) {
    const auto program = app::program_folder() / "kinora-worker";
    ::execv(program.c_str(), argv);
    return fail("cannot start " + program.string() + ": " + std::strerror(errno));
}

int administrate(const app::ParsedConfig& parsed) {
    const auto wait = [](Milliseconds time) { std::this_thread::sleep_for(time); };
    return app::admin::run(parsed.config, parsed.admin_act,
                           {std::cin, std::cout, std::cerr, STDIN_FILENO, wait});
}

int serve(app::Config config) {
    // Blocked in all threads, taken by sigwait below.
    sigset_t signals;
    ::sigemptyset(&signals);
    ::sigaddset(&signals, SIGINT);
    ::sigaddset(&signals, SIGTERM);
    ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);  // Writing past `ulimit -f` fails as on a full disk.

    Log log(config.log_level);
    auto server = app::Server::open(std::move(config), log);
    if (!server) return fail(server.error().message());
    (*server)->start();
    greet(**server);
    int number = 0;
    ::sigwait(&signals, &number);
    (*server)->stop();
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    // Two arenas are enough for few threads, and ten thousand waiting calls stay small.
    ::mallopt(M_ARENA_MAX, 2);
    auto parsed = app::parse_config(argc, argv);
    if (parsed.finished) {
        (parsed.exit_status == 0 ? std::cout : std::cerr) << parsed.text;
        return parsed.exit_status;
    }
    if (parsed.config.command == app::Command::worker) return become_worker(argv);
    if (parsed.config.command == app::Command::admin) return administrate(parsed);
    return serve(std::move(parsed.config));
}
