#include "app/node_beat.hpp"

#include "app/version.hpp"

#include <unistd.h>
#include <array>
#include <condition_variable>
#include <mutex>

namespace kinora::app {
namespace {

std::string host_name() {
    std::array<char, 256> name{};
    ::gethostname(name.data(), name.size() - 1);
    return name.data();
}

}  // namespace

NodeBeat::NodeBeat(storage::Database& database, std::string id, std::string kind,
                   const Clock& clock, Log& log)
    : database_(database),
      node_{std::move(id), std::move(kind), host_name(), std::string(kVersion), clock.now(), {}},
      clock_(clock),
      log_(log),
      thread_([this](const std::stop_token& stop) {
          std::mutex mutex;
          std::condition_variable_any wake;
          std::unique_lock lock(mutex);
          while (!stop.stop_requested()) {
              beat();
              wake.wait_for(lock, stop, kEvery, [] { return false; });
          }
      }) {}

NodeBeat::~NodeBeat() {
    thread_ = {};
    try {
        database_.write_now(
            [this](storage::Session& session) { storage::remove_node(session, node_.id); });
    } catch (const std::exception& error) {
        log_.warn("node.unforgotten", {{"reason", error.what()}});  // It is in a while.
    }
}

void NodeBeat::beat() {
    try {
        node_.seen_at = clock_.now();
        database_.write_now(
            [this](storage::Session& session) { storage::beat_node(session, node_); });
    } catch (const std::exception& error) {
        log_.warn("node.unbeaten", {{"reason", error.what()}});
    }
}

}  // namespace kinora::app
