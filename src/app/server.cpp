#include "app/server.hpp"

#include "accounts/postman.hpp"
#include "api/content_check.hpp"
#include "api/deliveries.hpp"
#include "api/health.hpp"
#include "api/json_text.hpp"
#include "api/media.hpp"
#include "api/models.hpp"
#include "api/status.hpp"
#include "api/task_events.hpp"
#include "api/task_json.hpp"
#include "api/tasks.hpp"
#include "api/videos.hpp"
#include "api/waiting_calls.hpp"
#include "app/data_folder.hpp"
#include "app/node_beat.hpp"
#include "app/platform.hpp"
#include "app/supervisor.hpp"
#include "base/pool.hpp"
#include "console/console.hpp"
#include "engines/storyboard/words/model.hpp"
#include "http/server.hpp"
#include "outbound/mailer.hpp"
#include "outbound/moderator.hpp"
#include "outbound/poster.hpp"
#include "storage/database.hpp"
#include "storage/delivery_rows.hpp"
#include "storage/disk_room.hpp"
#include "storage/media_folder.hpp"
#include "storage/resend_rows.hpp"
#include "tasks/endings.hpp"
#include "tasks/janitor.hpp"
#include "tasks/outbox.hpp"
#include "tasks/queue_gauge.hpp"

#include <sys/resource.h>
#include <algorithm>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <condition_variable>
#include <future>
#include <mutex>
#include <thread>

namespace kinora::app {
namespace {

using namespace std::chrono_literals;

// A waiting call holds a file each; the soft limit is often 1,024.
void raise_file_limit() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

http::ServerOptions http_options(const Config& config) {
    http::ServerOptions options;
    options.address = config.address;
    options.port = config.port;
    options.public_url = config.public_url;
    options.trusted_proxies = config.trusted_proxies;
    options.translate = api::error_of_exception;
    options.otherwise = console::no_such_page;
    return options;
}

// Where callbacks may go: a server that only this machine can reach may also call it.
outbound::AddressRules callback_rules(const Config& config) {
    const auto loopback = config.serves_this_machine_only() ? outbound::Loopback::allowed
                                                            : outbound::Loopback::refused;
    auto rules = outbound::AddressRules::parse(config.allowed_addresses, loopback);
    if (!rules) throw std::runtime_error(rules.error().message());  // Judged with the settings.
    return std::move(*rules);
}

tasks::JanitorOptions janitor_options(const Config& config) {
    tasks::JanitorOptions options;
    options.retention = config.retention;
    return options;
}

std::optional<accounts::ContentRules> content_rules(const Config& config) {
    if (config.content_rules.empty()) return std::nullopt;
    auto rules = accounts::ContentRules::load(config.content_rules);
    if (!rules) throw std::runtime_error(rules.error().message());
    return std::move(*rules);
}

// Nothing where no moderator is configured.
api::ContentCheck::Ask ask_moderator(const Config& config, outbound::Resolver& resolver) {
    if (config.moderator.url.empty()) return {};
    auto moderator = outbound::Moderator::make(config.moderator, resolver);
    if (!moderator) throw std::runtime_error("--moderator-url: " + moderator.error().message());
    return [moderator = std::move(*moderator)](const std::string& question, std::stop_token stop) {
        return moderator.ask(question, std::move(stop));
    };
}

// Members are built in this order and die in reverse.
class ApiServer final : public Server {
public:
    ApiServer(Config config, DataFolder folder, storage::MediaFolder media,
              std::unique_ptr<storage::Database> database, Log& log)
        : config_(std::move(config)),
          log_(log),
          folder_(std::move(folder)),
          media_folder_(std::move(media)),
          room_(media_folder_, clock_, {config_.disk_floor_bytes, config_.media_max_bytes}),
          database_(std::move(database)),
          endings_(tasks::Endings::make(io_, *database_, clock_, log_)),
          gauge_(*database_, clock_),
          watch_(*database_, *endings_, gauge_),
          waiting_(io_, *database_, {process_name_, folder_.node_id()}, clock_, log_),
          callers_(*database_, clock_, config_.limits),
          access_(*database_, callers_, clock_, config_.limits.rps),
          content_(content_rules(config_), ask_moderator(config_, *resolver_),
                   config_.moderator_failure, log_),
          videos_({*database_, media_folder_, room_, pool_, access_, watch_, waiting_, clock_,
                   random_, config_.absent_urls,
                   [this](std::string_view url) { return poster_.receiver_of(url); }, &content_}),
          tasks_(*database_, access_, watch_, media_folder_, pool_, clock_),
          task_events_({*database_, access_, watch_, media_folder_, pool_, clock_}),
          deliveries_(*database_, access_, clock_),
          platform_({*database_, access_, watch_, media_folder_, room_, pool_, clock_, random_},
                    config_),
          media_(media_folder_, pool_, *database_, config_.retention),
          models_({engines::storyboard::describe_model(config_.assets / "storyboard.words")}),
          health_(*database_),
          courier_(
              *database_,
              [](const storage::TaskRow& task) {
                  return api::to_text(api::task_response(task, task.base_url));
              },
              [this](const std::string& url, const outbound::Letter& letter, std::stop_token stop) {
                  return poster_.post(url, letter, std::move(stop));
              },
              clock_, random_, log_, process_name_),
          outbox_(*database_, courier_, clock_, log_),
          postman_(
              *database_,
              [this](const accounts::Postman::Letter& letter, std::stop_token stop) {
                  return mailer_->send({letter.to, letter.subject, letter.body}, std::move(stop));
              },
              clock_, random_, log_),
          janitor_(*database_, media_folder_, clock_, log_, janitor_options(config_)) {}

    // The rest of open(): what can fail with a sentence for the operator.
    Result<void> bind() {
        http::Router router;
        add_routes(router);
        routes_ = router.routes();
        console::add_routes(router);
        auto words = [](const Error& error, const TraceId& trace) {
            return api::to_response(error, trace);
        };
        auto server = http::Server::open(io_, http_options(config_), std::move(router), words, log_,
                                         random_, clock_);
        if (!server) return server.error();
        http_ = std::move(*server);
        config_.port = http_->port();
        supervisor_ = std::make_unique<Supervisor>(config_, folder_.node_id(), *database_,
                                                   media_folder_, clock_, random_, log_);
        return ok();
    }
    void make_owner() {
        owner_ = accounts::ensure_owner(
            *database_,
            {config_.owner_email, config_.base_url(), config_.owner_token, folder_.path()}, random_,
            clock_);
    }

    void start() override {
        // What a former run of this server held: it is dead, for the folder is ours.
        database_->write_now([this](storage::Session& session) {
            storage::forget_servers(session, folder_.node_id());
            storage::return_deliveries_of(session, folder_.node_id() + '/');
        });
        supervisor_->start();
        outbox_.start();
        node_ = std::make_unique<NodeBeat>(*database_, process_name_, "server", clock_, log_);
        if (sends_mail())
            mail_round_ = std::jthread([this](const std::stop_token& stop) { postman_.run(stop); });
        sweeper_ = std::jthread([this](std::stop_token stop) { janitor_.run(std::move(stop)); });
        pulse_ = std::jthread([this](const std::stop_token& stop) { beat(stop); });
        http_->start();
        const auto count = std::clamp(std::thread::hardware_concurrency(), 1U, 4U);
        for (unsigned i = 0; i < count; ++i) threads_.emplace_back([this] { io_.run(); });
        log_.info("server.started", {{"address", config_.address}, {"port", config_.port}});
    }

    void stop() override {
        log_.info("server.stopping", {{"waiting", endings_->waiting_count()}});
        health_.shut_down();
        std::promise<void> drained;
        auto answers = drained.get_future();
        http_->stop([&drained] { drained.set_value(); });
        endings_->shut_down();
        content_.stop();
        supervisor_->stop(8s);
        pulse_ = {};
        sweeper_ = {};
        mail_round_ = {};
        outbox_.stop();
        // Who has not taken its answer by now will not.
        if (answers.wait_for(1s) != std::future_status::ready) log_.warn("server.undrained");
        halt();
        callers_.note_uses();
        node_.reset();
        say_goodbye();
        log_.info("server.stopped");
    }

    ~ApiServer() override { halt(); }

    std::uint16_t port() const override { return config_.port; }
    const accounts::Owner& owner() const override { return owner_; }
    const Config& config() const override { return config_; }
    const std::vector<std::pair<http::Method, std::string>>& routes() const override {
        return routes_;
    }
    std::size_t waiting_count() const override { return endings_->waiting_count(); }

private:
    bool sends_mail() const { return !config_.mail.url.empty(); }
    void add_routes(http::Router& router) {
        videos_.routes(router);
        tasks_.routes(router);
        task_events_.routes(router);
        deliveries_.routes(router);
        platform_.routes(router);
        media_.routes(router);
        models_.routes(router);
        health_.routes(router);
    }

    // So that a resend of a call that waits here knows in time that this process is gone.
    void beat(const std::stop_token& stop) {
        std::mutex mutex;
        std::condition_variable_any wake;
        std::unique_lock lock(mutex);
        while (!wake.wait_for(lock, stop, 1s, [&stop] { return stop.stop_requested(); })) {
            try {
                waiting_.beat();
                callers_.note_uses();
            } catch (const std::exception& error) {
                log_.warn("server.unbeaten", {{"reason", error.what()}});
            }
        }
    }
    void say_goodbye() {
        try {
            database_->write_now([this](storage::Session& session) {
                storage::forget_servers(session, folder_.node_id());
            });
        } catch (const std::exception& error) {
            log_.warn("server.unforgotten", {{"reason", error.what()}});  // It is in a few seconds.
        }
    }

    void halt() {
        guard_.reset();
        io_.stop();
        for (auto& thread : threads_) thread.join();
        threads_.clear();
    }

    Config config_;
    Log& log_;
    SystemClock clock_;
    SystemRandom random_;
    DataFolder folder_;
    const std::string process_name_ = folder_.node_id() + '/' + random_.hex(8);
    storage::MediaFolder media_folder_;
    storage::DiskRoom room_;
    std::unique_ptr<outbound::Resolver> resolver_ = outbound::make_system_resolver();
    outbound::Poster poster_{callback_rules(config_), *resolver_};
    // Null where no mail is sent, and then nobody runs the postman.
    std::unique_ptr<outbound::Mailer> mailer_ =
        sends_mail() ? std::make_unique<outbound::Mailer>(config_.mail, *resolver_, clock_, random_)
                     : nullptr;
    // Coroutines that never ended are destroyed with it. It outlives the two below, whose threads
    // bring results back to it.
    asio::io_context io_;
    asio::executor_work_guard<asio::io_context::executor_type> guard_ = asio::make_work_guard(io_);
    Pool pool_{2};  // Opening and writing files.
    std::unique_ptr<storage::Database> database_;
    std::unique_ptr<tasks::Endings> endings_;
    tasks::QueueGauge gauge_;
    api::TaskWatch watch_;
    api::WaitingCalls waiting_;
    api::Callers callers_;
    api::Access access_;
    api::ContentCheck content_;
    api::Videos videos_;
    api::Tasks tasks_;
    api::TaskEvents task_events_;
    api::Deliveries deliveries_;
    Platform platform_;
    api::Media media_;
    api::Models models_;  // Of kinora-worker, the one program that draws.
    api::Health health_;
    tasks::Courier courier_;
    tasks::Outbox outbox_;
    accounts::Postman postman_;
    tasks::Janitor janitor_;
    std::vector<std::pair<http::Method, std::string>> routes_;
    std::unique_ptr<http::Server> http_;
    std::unique_ptr<Supervisor> supervisor_;
    accounts::Owner owner_;
    std::vector<std::thread> threads_;
    std::unique_ptr<NodeBeat> node_;
    std::jthread mail_round_;  // Runs the postman.
    std::jthread sweeper_;     // Runs the janitor.
    std::jthread pulse_;
};

}  // namespace

Result<std::unique_ptr<Server>> Server::open(Config config, Log& log) {
    raise_file_limit();
    SystemRandom random;
    auto folder = DataFolder::open(config.data, random);
    if (!folder) return folder.error();
    auto media = storage::MediaFolder::open(config.data);
    if (!media) return media.error();
    try {
        auto database = storage::Database::open({config.database, 2}, log);
        auto server = std::make_unique<ApiServer>(std::move(config), std::move(*folder),
                                                  std::move(*media), std::move(database), log);
        const auto bound = server->bind();
        if (!bound) return bound.error();
        server->make_owner();
        return std::unique_ptr<Server>(std::move(server));
    } catch (const std::exception& error) {
        return Error(ErrorCode::api_error, error.what());
    }
}

}  // namespace kinora::app
