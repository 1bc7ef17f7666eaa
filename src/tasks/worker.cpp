#include "tasks/worker.hpp"

#include "storage/queue_rows.hpp"
#include "tasks/extend.hpp"
#include "tasks/preview.hpp"
#include "tasks/recovery.hpp"

#include <boost/json.hpp>
#include <condition_variable>
#include <mutex>

namespace kinora::tasks {
namespace {

using storage::Session;

// Lets an idle worker sleep until something changed, a time has passed or it shall stop.
class Doorbell {
public:
    void ring() {
        {
            const std::lock_guard lock(mutex_);
            rung_ = true;
        }
        changed_.notify_all();
    }
    void wait(Milliseconds at_most) {
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, at_most, [this] { return rung_; });
        rung_ = false;
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    bool rung_ = false;
};

// Percent of `done` of `total` frames: never 1, which some clients take for the whole.
int percent_done(int done, int total) {
    return 2 + done * 97 / total;
}

std::string to_json(const std::vector<std::string>& notes) {
    return boost::json::serialize(boost::json::value_from(notes));
}

// Those of this attempt alone: another worker may be writing its own by now. Called while the claim
// is not given back yet, for whoever takes it then has an attempt of the same number.
void remove_parts(const storage::MediaFolder& media, const storage::Claim& claim) {
    std::error_code ignored;  // The next attempt looks for them again.
    for (const auto kind : {storage::MediaKind::video, storage::MediaKind::thumbnail}) {
        std::filesystem::remove(media.part(claim.id, claim.attempt, kind), ignored);
    }
    for (const auto* what : {kPreviewPart, "preview.jpg.new"}) {
        std::filesystem::remove(media.part(claim.id, claim.attempt, what), ignored);
    }
}

// The keeper of the task in hand, for as long as this lives.
class InHand {
public:
    InHand(std::mutex& mutex, LeaseKeeper*& place, LeaseKeeper& keeper)
        : mutex_(mutex), place_(place) {
        const std::lock_guard lock(mutex_);
        place_ = &keeper;
    }
    ~InHand() {
        const std::lock_guard lock(mutex_);
        place_ = nullptr;
    }
    InHand(const InHand&) = delete;

private:
    std::mutex& mutex_;
    LeaseKeeper*& place_;
};

Error over_limit(Milliseconds limit) {
    const auto limit_s = std::chrono::duration_cast<std::chrono::seconds>(limit).count();
    return {ErrorCode::timeout, "The work on this video took longer than this server allows (" +
                                    std::to_string(limit_s) + " s)."};
}

}  // namespace

Worker::Worker(storage::Database& database, const storage::MediaFolder& media,
               const InputLoader& inputs, engines::Engine& engine, const Clock& clock,
               Random& random, Log& log, WorkerOptions options)
    : database_(database),
      media_(media),
      inputs_(inputs),
      engine_(engine),
      clock_(clock),
      random_(random),
      log_(log),
      options_(std::move(options)) {}

void Worker::run(std::stop_token stop) {
    Doorbell doorbell;
    const auto watch = database_.watch_tasks([&] {
        doorbell.ring();
        nudge();
    });
    const std::stop_callback on_stop(stop, [&doorbell] { doorbell.ring(); });
    auto recovered_at = clock_.steady() - options_.recover_every;
    while (!stop.stop_requested()) {
        auto step = Step::idle;
        try {
            if (clock_.steady() - recovered_at >= options_.recover_every) {
                recovered_at = clock_.steady();
                recover_tasks(database_, media_, clock_, log_);
            }
            step = work_once(stop);
        } catch (const storage::DiskFull& error) {
            log_.error("worker.disk_full", {{"reason", error.what()}});
            step = Step::disk_full;
        } catch (const std::exception& error) {
            log_.error("worker.failed", {{"reason", error.what()}});
        }
        if (step == Step::idle) doorbell.wait(options_.recover_every);
        if (step == Step::disk_full) {
            const auto until = clock_.steady() + options_.full_disk_pause;
            while (!stop.stop_requested() && clock_.steady() < until) {
                doorbell.wait(std::chrono::duration_cast<Milliseconds>(until - clock_.steady()));
            }
        }
    }
}

void Worker::nudge() {
    const std::lock_guard lock(keeper_mutex_);
    if (keeper_ != nullptr) keeper_->nudge();
}

Worker::Step Worker::work_once(std::stop_token stop) {
    const auto room = options_.room == nullptr ? ok() : options_.room->check();
    if (!room) {
        log_.warn("worker.no_room", {{"reason", room.error().detail()}});
        return Step::disk_full;
    }
    const auto now = clock_.now();
    const auto task = database_.write_now([&](Session& session) {
        return storage::claim_task(
            session, {options_.name, now, now + options_.times.lease, options_.running_max});
    });
    if (!task) return Step::idle;
    log_.info("task.claimed", {{"task", task->id.str()}, {"attempt", task->attempt}});
    media_.remove_parts(task->id);
    return finish(*task, stop);
}

Worker::Step Worker::finish(const storage::TaskRow& task, std::stop_token stop) {
    const storage::Claim claim{task.id, options_.name, task.attempt};
    const auto plan = parse_plan(task.brief_json);
    if (!plan) {
        fail(claim, plan.error(), task.worked);
        return Step::worked;
    }

    std::stop_source stop_render;
    const std::stop_callback on_stop(stop, [&stop_render] { stop_render.request_stop(); });
    LeaseKeeper keeper(database_, clock_, log_, claim, task.worked, options_.times, stop_render);
    const InHand in_hand(keeper_mutex_, keeper_, keeper);
    Result<RenderedClip> clip = Error();
    try {
        clip = make_clip(task, *plan, keeper, stop_render.get_token());
    } catch (const std::exception& error) {
        clip = Error(ErrorCode::api_error, "The video could not be made.", error.what());
    }

    const auto worked = keeper.worked();
    if (keeper.verdict() == LeaseKeeper::Verdict::lost) {
        remove_parts(media_, claim);
        log_.warn("task.lost", {{"task", task.id.str()}, {"attempt", task.attempt}});
        return Step::worked;
    }
    if (!clip && keeper.verdict() == LeaseKeeper::Verdict::over_limit) {
        return settle(claim, over_limit(options_.times.work_limit), worked, stop);
    }
    if (!clip) return settle(claim, clip.error(), worked, stop);
    const auto video = publish(task, plan->brief, *clip);
    if (!video) return settle(claim, video.error(), worked, stop);
    complete(claim, *video, worked);
    return Step::worked;
}

Result<RenderedClip> Worker::make_clip(const storage::TaskRow& task, const Plan& plan,
                                       LeaseKeeper& keeper, std::stop_token stop) {
    const RenderPaths paths{media_.part(task.id, task.attempt, storage::MediaKind::video),
                            media_.part(task.id, task.attempt, storage::MediaKind::thumbnail)};
    const InputLoader::Errand errand{task.id, task.attempt, stop};
    auto brief = plan.brief;
    auto given = inputs_.load_pictures(plan.inputs, brief, errand);
    if (!given) return given.error();
    PreviewedEngine engine(engine_, media_.part(task.id, task.attempt, kPreviewPart),
                           [&keeper] { return keeper.previews_wanted(); });
    if (plan.inputs.video) {
        const auto source = inputs_.load_video(plan.inputs, errand);
        if (!source) return source.error();
        given->past = plan.inputs.past;
        return extend_clip(engine, brief, std::move(*given), *source, inputs_.box(), paths,
                           options_.threads, stop,
                           [&](int done, int total) { keeper.report(percent_done(done, total)); });
    }
    brief.given = &*given;
    return render_clip(engine, brief, clip_settings(brief), paths, options_.threads, stop,
                       [&](int done) { keeper.report(percent_done(done, brief.frame_count)); });
}

Worker::Step Worker::settle(const storage::Claim& claim, const Error& error, Milliseconds worked,
                            std::stop_token stop) {
    remove_parts(media_, claim);
    if (stop.stop_requested() && error.code() == ErrorCode::cancelled) {
        give_back(claim, worked);
        return Step::worked;
    }
    if (error.code() == ErrorCode::unavailable) {
        log_.error("task.no_room", {{"task", claim.id.str()}, {"reason", error.detail()}});
        give_back(claim, worked);
        return Step::disk_full;
    }
    fail(claim, error, worked);
    return Step::worked;
}

Result<storage::VideoRow> Worker::publish(const storage::TaskRow& task, const engines::Brief& brief,
                                          const RenderedClip& clip) {
    storage::VideoRow video;
    video.id = VideoId::make(random_);
    video.task_id = task.id;
    video.user_id = task.user_id;
    video.video_name = storage::make_media_name(storage::MediaKind::video, random_);
    video.thumbnail_name = storage::make_media_name(storage::MediaKind::thumbnail, random_);
    video.width = video.thumbnail_width = clip.facts.width;
    video.height = video.thumbnail_height = clip.facts.height;
    video.fps = clip.facts.fps;
    video.frame_count = clip.facts.frame_count;
    video.duration = std::chrono::duration_cast<Milliseconds>(clip.facts.duration);
    video.engine = engine_.name();
    video.seed = brief.seed;
    video.notes_json = to_json(clip.notes);
    video.created_at = clock_.now();

    auto published = media_.publish(
        media_.part(task.id, task.attempt, storage::MediaKind::thumbnail), video.thumbnail_name);
    if (!published) return published.error();
    published = media_.publish(media_.part(task.id, task.attempt, storage::MediaKind::video),
                               video.video_name);
    if (!published) {
        media_.remove(video.thumbnail_name);
        return published.error();
    }
    return video;
}

void Worker::complete(const storage::Claim& claim, const storage::VideoRow& video,
                      Milliseconds worked) {
    // Where this throws the commit may have happened all the same, so the files stay.
    const bool mine = database_.write_now([&](Session& session) {
        return storage::complete_task(session, claim, video, worked, clock_.now());
    });
    remove_parts(media_, claim);
    if (!mine) {
        media_.remove(video.video_name);
        media_.remove(video.thumbnail_name);
        log_.warn("task.lost", {{"task", claim.id.str()}, {"attempt", claim.attempt}});
        return;
    }
    log_.info("task.completed", {{"task", claim.id.str()}, {"worked_ms", worked.count()}});
}

void Worker::fail(const storage::Claim& claim, const Error& error, Milliseconds worked) {
    // Callers hear of their own mistakes and of limits in these words; all else is ours.
    const char* code = error.code() == ErrorCode::bad_request ? "bad_request"
                       : error.code() == ErrorCode::timeout   ? "timeout"
                                                              : "api_error";
    const auto message = error.message().empty() ? "The video could not be made." : error.message();
    const bool mine = database_.write_now([&](Session& session) {
        return storage::fail_task(session, claim, code, message, worked, clock_.now());
    });
    log_.warn(mine ? "task.failed" : "task.lost", {{"task", claim.id.str()},
                                                   {"code", code},
                                                   {"message", error.message()},
                                                   {"detail", error.detail()}});
}

void Worker::give_back(const storage::Claim& claim, Milliseconds worked) {
    const bool mine = database_.write_now([&](Session& session) {
        return storage::return_task(session, claim, worked, clock_.now());
    });
    log_.info(mine ? "task.returned" : "task.lost", {{"task", claim.id.str()}});
}

}  // namespace kinora::tasks
