// accounts/postman.hpp: sends the mails that people are owed.
//
// What is owed is a row, written with what it is owed for. The code in a mail is made when it is
// sent, so that the database never holds one; a mail that is sent twice has two codes, and each
// works until one was used.
#pragma once

#include "base/clock.hpp"
#include "base/log.hpp"
#include "base/random.hpp"
#include "base/result.hpp"
#include "storage/database.hpp"

#include <functional>
#include <stop_token>
#include <string>

namespace kinora::accounts {

class Postman {
public:
    struct Letter {
        std::string to, subject, body;
    };
    // Blocks. A failure of kind bad_request is for good; after others it is tried again.
    using Send = std::function<Result<void>(const Letter&, std::stop_token)>;

    // All of these outlive it.
    Postman(storage::Database& database, Send send, const Clock& clock, Random& random, Log& log)
        : database_(database), send_(std::move(send)), clock_(clock), random_(random), log_(log) {}

    // Sends what is due until `stop` is requested. Blocks; throws nothing.
    void run(const std::stop_token& stop);
    // Sends the next one that is due; false where there is none. Throws where the database fails.
    bool send_one(const std::stop_token& stop);

private:
    storage::Database& database_;
    const Send send_;
    const Clock& clock_;
    Random& random_;
    Log& log_;
};

}  // namespace kinora::accounts
