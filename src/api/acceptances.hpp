// api/acceptances.hpp: calls of which it is not decided yet what task they make or join.
//
// A client may leave, and send its call again, before its first call has made its task. The second
// one then waits until the first has done so, and finds the task. Calls whose clients are all there
// do not wait for each other.
#pragma once

#include "base/async.hpp"
#include "http/message.hpp"

#include <functional>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace kinora::api {

class Acceptances {
public:
    // A call that is being decided; it is over when this is destroyed.
    class Entry;
    // Suspends until calls with that key whose clients may have gone are decided. `presence` is the
    // call's own; null: always there. Safe from any thread; entries may outlive this.
    Async<std::shared_ptr<Entry>> enter(std::string key, std::shared_ptr<http::Presence> presence);

private:
    struct State {
        std::mutex mutex;
        std::map<std::string, std::list<Entry*>> entries;  // By key, oldest first.
    };

    std::shared_ptr<State> state_ = std::make_shared<State>();
};

class Acceptances::Entry {
public:
    Entry(std::shared_ptr<State> state, std::string key, std::shared_ptr<http::Presence> presence);
    ~Entry();
    Entry(const Entry&) = delete;

private:
    friend class Acceptances;
    // Those before this one, under the mutex, that may be this very client's.
    std::vector<Entry*> doubtful() const;

    const std::shared_ptr<State> state_;
    const std::string key_;
    const std::shared_ptr<http::Presence> presence_;
    std::vector<std::function<void()>> when_over_;  // Under the mutex.
};

}  // namespace kinora::api
