// tasks/courier.hpp: one attempt at a delivery, and what comes of it.
//
// The contract's callbacks: at least once, any 2xx ends it, ten tries over two hours, the same id
// each time, signed as Standard Webhooks.
#pragma once

#include "base/clock.hpp"
#include "base/log.hpp"
#include "base/random.hpp"
#include "outbound/poster.hpp"
#include "storage/database.hpp"
#include "storage/delivery_rows.hpp"

#include <array>
#include <functional>
#include <stop_token>

namespace kinora::tasks {

// After each try that failed; there is none after the last.
inline constexpr std::array<std::chrono::seconds, 9> kRetryAfter = {
    std::chrono::seconds(2),  std::chrono::seconds(10), std::chrono::seconds(30),
    std::chrono::minutes(2),  std::chrono::minutes(5),  std::chrono::minutes(10),
    std::chrono::minutes(20), std::chrono::minutes(30), std::chrono::minutes(45)};
inline constexpr double kRetryJitter = 0.1;  // Of it, more or less.

class Courier {
public:
    // What a receiver is told of an ended task; throws nothing.
    using Worder = std::function<std::string(const storage::TaskRow&)>;
    using Post = std::function<Result<outbound::Reply>(
        const std::string& url, const outbound::Letter& letter, std::stop_token stop)>;

    // All of these outlive it. Safe from any thread.
    Courier(storage::Database& database, Worder worder, Post post, const Clock& clock,
            Random& random, Log& log, std::string sender)
        : database_(database),
          worder_(std::move(worder)),
          post_(std::move(post)),
          clock_(clock),
          random_(random),
          log_(log),
          sender_(std::move(sender)) {}

    // Sends a delivery that `sender` took, and writes down what came of it. Blocks. On a stop it is
    // due as it was. Throws where the database fails: its lease runs out then.
    void deliver(const storage::DeliveryRow& delivery, std::stop_token stop);

    const std::string& sender() const { return sender_; }

private:
    struct Message {
        std::string body;
        std::string secret;
    };
    std::optional<Message> compose(const storage::DeliveryRow& delivery);
    std::optional<TimePoint> next_try(int tries, TimePoint now);

    storage::Database& database_;
    const Worder worder_;
    const Post post_;
    const Clock& clock_;
    Random& random_;
    Log& log_;
    const std::string sender_;
};

}  // namespace kinora::tasks
