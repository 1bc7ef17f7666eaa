// storage/in_use.hpp: whether a file is still needed by a task that has not ended. Private to this
// room.
#pragma once

#include "storage/query.hpp"

namespace kinora::storage {

// The unfinished task of the user that starts from that file.
class InUse {
public:
    explicit InUse(Session& session)
        : pending_(session, text("pending")), processing_(session, text("processing")) {
        for (auto* query : {&pending_, &processing_})
            query->out(found_).in("user_id", user_id_).in("pattern", pattern_);
    }
    std::optional<std::string> operator()(const std::string& user_id, const std::string& name) {
        user_id_ = user_id;
        pattern_ = "%\"" + name + "\"%";
        if (pending_.only() || processing_.only()) return found_;
        return std::nullopt;
    }

private:
    static std::string text(const std::string& state) {
        return "SELECT id FROM tasks WHERE user_id = :user_id AND state = '" + state +
               "' AND brief_json LIKE :pattern LIMIT 1";
    }
    std::string found_, user_id_, pattern_;
    Query pending_, processing_;
};

}  // namespace kinora::storage
