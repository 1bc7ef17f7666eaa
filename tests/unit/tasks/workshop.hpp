// tests/unit/tasks/workshop.hpp: a worker with all it needs, for tests of what it makes of tasks.
#pragma once

#include "engines/fake.hpp"
#include "support/fake_clock.hpp"
#include "support/flaky_database.hpp"
#include "support/quiet_log.hpp"
#include "support/scratch_database.hpp"
#include "support/seeded_random.hpp"
#include "support/tasks.hpp"
#include "support/wait.hpp"
#include "tasks/worker.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <fstream>
#include <functional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace kinora::tasks {

// Draws one frame, calls `begun` and then does nothing until it is stopped.
class PatientEngine final : public engines::Engine {
public:
    explicit PatientEngine(std::function<void()> begun) : begun_(std::move(begun)) {}

    std::string name() const override { return "patient"; }
    Result<engines::RenderReport> render(const engines::Brief& brief, engines::FrameSink& sink,
                                         const engines::RenderContext& context) override {
        const auto added = sink.add(media::Picture(brief.width, brief.height));
        if (!added) return added.error();
        begun_();
        stopped_ = test::wait_until([&] { return context.stop.stop_requested(); });
        return Error(ErrorCode::cancelled, "The render was stopped.");
    }
    bool was_stopped() const { return stopped_; }

private:
    std::function<void()> begun_;
    std::atomic<bool> stopped_ = false;
};

class Workshop : public testing::Test {
protected:
    Workshop() {
        options.name = "node/1";
        options.times.progress = Milliseconds(1);
        options.recover_every = Milliseconds(20);
        options.full_disk_pause = Milliseconds(20);
    }

    storage::TaskRow make_task() {
        clock.advance(Milliseconds(1));  // So that tasks have an order.
        return test::make_task(account, random, clock.now(), brief);
    }
    storage::TaskRow add_task() { return test::add_task(*database, make_task()); }
    storage::TaskRow find(const storage::TaskRow& task) {
        return test::find_task(*database, task.id);
    }

    // Works until `condition()` holds or something has requested `stop`.
    template <class Condition>
    void work_until(engines::Engine& engine, Condition condition) {
        Worker worker(flaky, media, loader, engine, clock, random, log, options);
        std::jthread thread([&] { worker.run(stop.get_token()); });
        EXPECT_TRUE(test::wait_until([&] { return stop.stop_requested() || condition(); }));
        stop.request_stop();
    }
    template <class Condition>
    void work_until(Condition condition) {
        engines::FakeEngine engine(script);
        work_until(engine, condition);
    }
    storage::TaskRow work_until_ended(const storage::TaskRow& task) {
        work_until([&] { return find(task).finished_at.has_value(); });
        return find(task);
    }

    // Runs `act` once, in the middle of the first render.
    void in_mid_render(std::function<void()> act) {
        script.before_frame = [act = std::move(act), done = false](int frame) mutable {
            if (frame == 6 && !std::exchange(done, true)) act();
            return ok();
        };
    }
    // Takes from the worker what it holds, as if it were dead.
    void take_leases() {
        database->write_now([&](storage::Session& session) {
            storage::take_back_leases(session, clock.now(), options.name, 3, "api_error", "");
        });
    }

    static std::vector<std::string> names_in(const std::filesystem::path& folder) {
        std::vector<std::string> names;
        for (const auto& entry : std::filesystem::directory_iterator(folder)) {
            names.push_back(entry.path().filename());
        }
        return names;
    }
    std::vector<std::string> files() const { return names_in(media.files()); }
    std::filesystem::path part(const storage::TaskRow& task, int attempt) const {
        return media.part(task.id, attempt, storage::MediaKind::video);
    }
    std::vector<std::string> parts() const { return names_in(part({}, 1).parent_path()); }

    test::TempFolder folder;
    test::ScratchDatabase database;
    test::FlakyDatabase flaky{*database};
    test::SeededRandom random;
    test::FakeClock clock;
    test::QuietLog log;
    storage::MediaFolder media = *storage::MediaFolder::open(folder.path());
    std::unique_ptr<outbound::Resolver> resolver = outbound::make_system_resolver();
    outbound::Fetcher fetcher{outbound::AddressRules(outbound::Loopback::allowed), *resolver};
    InputLoader loader{media, fetcher, media::DecoderBox(KINORA_DECODER)};
    test::Account account = test::add_account(*database, random);
    engines::Brief brief = test::small_brief();
    engines::FakeEngine::Script script;
    WorkerOptions options;
    std::stop_source stop;
};

}  // namespace kinora::tasks
