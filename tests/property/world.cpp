// tests/property/world.cpp: what workers, servers and the surroundings of a world do.
#include "property/world.hpp"

#include "storage/event_rows.hpp"
#include "storage/retention_rows.hpp"
#include "support/tasks.hpp"
#include "tasks/janitor.hpp"
#include "tasks/recovery.hpp"
#include "tasks/task_state.hpp"

#include <algorithm>
#include <fstream>

namespace kinora::test {
namespace {

using namespace std::chrono_literals;
using storage::Session;
using storage::TaskState;

constexpr int kRunningMax = 2;
constexpr auto kRetention = 3h;

tasks::JanitorOptions janitor_options() {
    tasks::JanitorOptions options;
    options.retention = kRetention;
    return options;
}

}  // namespace

World::World(std::uint64_t seed) : dice_(seed), random_(seed ^ 0x5eed) {
    clock_.set(SystemClock().now());  // Files are as old as the file system says.
    for (int i = 0; i < 3; ++i) accounts_.push_back(add_account(*database_, random_));
    kill_server();
}

void World::step() {
    clock_.advance(Milliseconds(1 + below(4'000)));
    if (one_in(8)) flaky_.recover();  // No trouble lasts.
    const auto what = below(100);
    if (what < 18)
        begin_wish();
    else if (what < 26)
        take_answers();
    else if (what < 32)
        go_away();
    else if (what < 44) {
        if (!wishes_.empty()) send(wishes_[below(wishes_.size())]);
    } else if (what < 58)
        claim();
    else if (what < 74)
        work();
    else if (what < 80)
        cancel_or_delete();
    else if (what < 90)
        deliver();
    else if (what < 92)
        recover();
    else if (what < 94)
        sweep();
    else if (what < 96)
        kill_server();
    else if (what < 98)
        change_storage();
    else
        turn_clock();
}

void World::claim() {
    if (works_.size() >= 3) return;
    const auto owner = "node/w" + std::to_string(workers_ + static_cast<int>(below(3)));
    try {
        const auto task = flaky_.write_now([&](Session& session) {
            return storage::claim_task(session,
                                       {owner, clock_.now(), clock_.now() + 10s, kRunningMax});
        });
        if (!task) return;
        works_.push_back({*task, {task->id, owner, task->attempt}, false, {}});
        std::ofstream(media_.part(task->id, task->attempt, storage::MediaKind::video)) << "video";
        std::ofstream(media_.part(task->id, task->attempt, storage::MediaKind::thumbnail)) << "jpg";
        note("claimed " + task->id.str());
        check_running();
    } catch (const std::exception&) {
        // Where the claim was committed all the same, its lease runs out.
    }
}

void World::work() {
    if (works_.empty()) return;
    const auto at = below(works_.size());
    auto work = works_[at];
    works_.erase(works_.begin() + static_cast<std::ptrdiff_t>(at));
    if (one_in(8)) return note("a worker died at " + work.task.id.str());
    if (one_in(2)) {
        try {
            const auto progress = static_cast<int>(2 + below(97));
            const bool mine = flaky_.write_now([&](Session& session) {
                return storage::extend_lease(session, work.claim, progress, 1s, clock_.now(),
                                             clock_.now() + 10s);
            });
            if (mine) works_.push_back(work);
        } catch (const std::exception&) {
            works_.push_back(work);
        }
        return;
    }
    finish(std::move(work));
}

void World::finish(Work work) {
    const auto end = below(10);
    try {
        if (end == 0) {
            flaky_.write_now([&](Session& session) {
                storage::return_task(session, work.claim, 1s, clock_.now());
            });
            return;
        }
        if (end < 3) {
            flaky_.write_now([&](Session& session) {
                storage::fail_task(session, work.claim, "api_error", "It broke.", 1s, clock_.now());
            });
            return;
        }
        // As Worker does: names first, then the row.
        auto video = make_video(work.task, random_);
        video.created_at = clock_.now();
        for (const auto kind : {storage::MediaKind::thumbnail, storage::MediaKind::video}) {
            const auto& name =
                kind == storage::MediaKind::video ? video.video_name : video.thumbnail_name;
            if (!media_.publish(media_.part(work.task.id, work.task.attempt, kind), name)) return;
            if (one_in(20)) return note("a worker died while publishing");
        }
        const bool mine = flaky_.write_now([&](Session& session) {
            return storage::complete_task(session, work.claim, video, 2s, clock_.now());
        });
        note((mine ? "completed " : "was late for ") + work.task.id.str());
        if (mine) return;
        media_.remove(video.video_name);
        media_.remove(video.thumbnail_name);
    } catch (const std::exception&) {
        // The commit may have happened, so the files stay.
    }
}

void World::kill_server() {
    ++servers_;
    note("server " + std::to_string(servers_));
    for (auto& wish : wishes_) wish.waiting = false;
    workers_ += 3;
    works_.clear();  // Its workers die with it.
    const auto name = "node/" + std::to_string(servers_);
    courier_.emplace(
        flaky_,
        [](const storage::TaskRow& task) {
            return std::string(storage::to_string(task.state)) + ' ' + task.id.str();
        },
        [this](const std::string& url, const outbound::Letter& letter, std::stop_token) {
            return receive(url, letter);
        },
        clock_, random_, log_, name);
    database_->write_now([](Session& session) {
        storage::forget_servers(session, "node");
        storage::return_deliveries_of(session, "node/");
    });
    tasks::recover_tasks(*database_, media_, clock_, log_, "node/w");
}

void World::recover() {
    try {
        tasks::recover_tasks(flaky_, media_, clock_, log_);
    } catch (const std::exception&) {
        // The next time.
    }
}

Result<outbound::Reply> World::receive(const std::string& url, const outbound::Letter& letter) {
    std::string id;
    for (const auto& line : letter.headers) {
        if (line.starts_with("webhook-id: ")) id = line.substr(12);
    }
    const bool well = receivers_are_well_ || one_in(2);
    if (!well && one_in(2))
        return Error(ErrorCode::bad_request, "The server at " + url + " did not answer.");
    auto& receipt = receipts_[id];
    if (receipt.count > 0 && receipt.body != letter.body)
        fault("a receiver was told two things of " + id);
    receipt.body = letter.body;
    ++receipt.count;
    return outbound::Reply{well ? 204 : 500, ""};
}

void World::deliver() {
    storage::DeliverySearch search;
    search.sender = courier_->sender();
    search.now = clock_.now();
    search.until = clock_.now() + 30s;
    try {
        const auto taken = flaky_.write_now(
            [&](Session& session) { return storage::take_deliveries(session, search); });
        for (const auto& delivery : taken) {
            if (one_in(10)) continue;  // A crash in between: the lease runs out.
            courier_->deliver(delivery, {});
        }
    } catch (const std::exception&) {
        // What was taken is free again after its lease.
    }
}

void World::sweep() {
    tasks::Janitor janitor(flaky_, media_, clock_, log_, janitor_options());
    try {
        janitor.expire_files();
        janitor.forget_notes();
        janitor.remove_parts();
        janitor.remove_orphans();
    } catch (const std::exception&) {
        // The next time.
    }
}

void World::change_storage() {
    using Failing = FlakyDatabase::Failing;
    switch (below(4)) {
        case 0:
            note("disk full");
            return flaky_.fail_with(storage::DiskFull("full"), Failing::writes);
        case 1:
            note("confirmations lost");
            return flaky_.fail_with(storage::DatabaseUnavailable("lost"), Failing::confirmations);
        default:
            return flaky_.recover();
    }
}

void World::turn_clock() {
    const Milliseconds jumps[] = {-2h, -1min, 30s, 11min, 2h, 26h};
    const auto jump = jumps[below(std::size(jumps))];
    note("clock " + std::to_string(jump.count() / 1000) + " s");
    if (jump.count() > 0) return clock_.advance(jump);
    clock_.set(clock_.now() + jump);
}

void World::check_running() {
    std::map<CredentialId, int> running;
    for (const auto& task : all_tasks()) {
        if (task.state == TaskState::processing && ++running[task.credential_id] > kRunningMax)
            fault("more tasks of a token run than may");
    }
}

std::vector<storage::TaskRow> World::all_tasks() {
    return database_->read_now([&](Session& session) {
        std::vector<storage::TaskRow> tasks;
        for (const auto& account : accounts_) {
            storage::TaskFilter filter;
            filter.user_id = account.user.id;
            filter.limit = 1'000'000;
            auto page = storage::list_tasks(session, filter);
            tasks.insert(tasks.end(), page.items.begin(), page.items.end());
        }
        return tasks;
    });
}

void World::settle() {
    flaky_.recover();
    receivers_are_well_ = true;
    works_.clear();
    const auto unended = [this] {
        const auto tasks = all_tasks();
        return std::any_of(tasks.begin(), tasks.end(),
                           [](const auto& task) { return !task.finished_at; });
    };
    while (unended()) {
        clock_.advance(11s);
        recover();
        claim();
        while (!works_.empty()) {
            auto work = works_.back();
            works_.pop_back();
            finish(std::move(work));
        }
    }
    take_answers();
    const auto owed = [this] {
        return database_->read_now([&](Session& session) {
            return storage::next_delivery_at(session, TimePoint::max()).has_value();
        });
    };
    while (owed()) {
        clock_.advance(1min);
        deliver();
    }
    // The clock may have been set back far behind the files.
    const auto now = SystemClock().now();
    if (clock_.now() < now) clock_.set(now);
    for (int i = 0; i < 2; ++i) {
        clock_.advance(2h);
        sweep();
    }
}

}  // namespace kinora::test
