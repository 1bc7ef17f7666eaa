#include "api/acceptances.hpp"

#include <algorithm>

namespace kinora::api {

Acceptances::Entry::Entry(std::shared_ptr<State> state, std::string key,
                          std::shared_ptr<http::Presence> presence)
    : state_(std::move(state)), key_(std::move(key)), presence_(std::move(presence)) {
    const std::lock_guard lock(state_->mutex);
    state_->entries[key_].push_back(this);
}

Acceptances::Entry::~Entry() {
    std::vector<std::function<void()>> calls;
    {
        const std::lock_guard lock(state_->mutex);
        const auto found = state_->entries.find(key_);
        found->second.remove(this);
        if (found->second.empty()) state_->entries.erase(found);
        calls = std::move(when_over_);
    }
    for (const auto& call : calls) call();
}

std::vector<Acceptances::Entry*> Acceptances::Entry::doubtful() const {
    std::vector<Entry*> found;
    for (auto* entry : state_->entries.at(key_)) {
        if (entry == this) break;  // Who came later waits for us, not we for it.
        if (entry->presence_ && !entry->presence_->seems_there()) found.push_back(entry);
    }
    return found;
}

Async<std::shared_ptr<Acceptances::Entry>> Acceptances::enter(
    std::string key, std::shared_ptr<http::Presence> presence) {
    auto entry = std::make_shared<Entry>(state_, std::move(key), std::move(presence));
    for (;;) {
        auto wait = [state = state_, entry](auto done) {
            {
                const std::lock_guard lock(state->mutex);
                const auto before = entry->doubtful();
                if (!before.empty()) {
                    before.front()->when_over_.push_back([done] { done(nullptr, true); });
                    return;
                }
            }
            done(nullptr, false);
        };
        const bool waited = co_await await_call<bool>(std::move(wait));
        if (!waited) co_return entry;
    }
}

}  // namespace kinora::api
