#include "app/worker_process.hpp"

#include "app/node_beat.hpp"
#include "app/spawn.hpp"
#include "base/random.hpp"
#include "outbound/fetcher.hpp"
#include "storage/database.hpp"
#include "storage/media_folder.hpp"
#include "tasks/input_loader.hpp"
#include "tasks/worker.hpp"

#include <pthread.h>
#include <sys/prctl.h>
#include <unistd.h>
#include <algorithm>
#include <array>
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <thread>

namespace kinora::app {
namespace {

int fail(const std::string& sentence) {
    std::cerr << "kinora: " << sentence << '\n';
    return 1;
}

// A worker that a server started ends with it, also when that is killed. False: it is gone already.
bool die_with_parent() {
    const char* parent = std::getenv("KINORA_PARENT");
    if (parent == nullptr) return true;
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    return std::to_string(::getppid()) == parent;
}

std::string own_name(Random& random) {
    std::array<char, 256> host{};
    ::gethostname(host.data(), host.size() - 1);
    return std::string("worker/") + host.data() + '/' + random.hex(4);
}

// Takes SIGTERM and SIGINT for the whole process; ends with it.
class Signals {
public:
    Signals() {
        ::sigemptyset(&set_);
        ::sigaddset(&set_, SIGINT);
        ::sigaddset(&set_, SIGTERM);
        ::pthread_sigmask(SIG_BLOCK, &set_, nullptr);
        std::signal(SIGPIPE, SIG_IGN);
        std::signal(SIGXFSZ, SIG_IGN);  // Writing past `ulimit -f` fails as on a full disk.
        thread_ = std::thread([this] {
            int number = 0;
            ::sigwait(&set_, &number);
            stop_.request_stop();
        });
    }
    ~Signals() {
        ::pthread_kill(thread_.native_handle(), SIGTERM);  // Where none has come.
        thread_.join();
    }
    Signals(const Signals&) = delete;
    std::stop_token token() const { return stop_.get_token(); }

private:
    sigset_t set_{};
    std::stop_source stop_;
    std::thread thread_;
};

tasks::WorkerOptions worker_options(const Config& config, Random& random) {
    tasks::WorkerOptions options;
    options.name = config.worker_name.empty() ? own_name(random) : config.worker_name;
    const auto cores = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    options.threads = config.threads == 0 ? cores : config.threads;
    options.times.work_limit = config.work_limit;
    options.running_max = config.limits.running;
    return options;
}

}  // namespace

int run_worker_process(int argc, char** argv, const EngineMaker& make_engine) {
    const auto parsed = parse_config(argc, argv);
    if (parsed.finished) {
        (parsed.exit_status == 0 ? std::cout : std::cerr) << parsed.text;
        return parsed.exit_status;
    }
    if (!die_with_parent()) return 0;
    const auto& config = parsed.config;
    const Signals signals;
    Log log(config.log_level, "kinora-worker");
    SystemClock clock;
    SystemRandom random;
    const auto media = storage::MediaFolder::open(config.data);
    if (!media) return fail(media.error().message());
    auto rules = outbound::AddressRules::parse(config.allowed_addresses);
    if (!rules) return fail(rules.error().message());
    const auto resolver = outbound::make_system_resolver();
    const outbound::Fetcher fetcher(std::move(*rules), *resolver);
    const tasks::InputLoader inputs(*media, fetcher,
                                    media::DecoderBox(program_folder() / "kinora-decoder"));
    const auto engine = make_engine(config);
    if (!engine) return fail(engine.error().message());
    try {
        const auto database = storage::Database::open({config.database, 1}, log);
        auto options = worker_options(config, random);
        // What was accepted may use half of what the floor keeps for it.
        const storage::DiskRoom room(*media, clock, {config.disk_floor_bytes / 2, 0});
        options.room = &room;
        const NodeBeat beat(*database, options.name, "worker", clock, log);
        tasks::Worker worker(*database, *media, inputs, **engine, clock, random, log,
                             std::move(options));
        log.info("worker.ready");
        worker.run(signals.token());
    } catch (const std::exception& error) {
        return fail(error.what());
    }
    return 0;
}

}  // namespace kinora::app
