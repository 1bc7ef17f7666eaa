#include "api/password_desk.hpp"

namespace kinora::api {
namespace {

constexpr int kWaitingMax = 64;

Error too_many() {
    return Error(ErrorCode::too_many_requests,
                 "Too many people log in at this moment; try again in a few seconds.")
        .with({kWaitingMax, 0, 3});
}

}  // namespace

// A place among those that wait, for as long as it lives.
class PasswordDesk::Turn {
public:
    explicit Turn(std::atomic<int>& waiting) : waiting_(waiting), number_(++waiting) {}
    ~Turn() { --waiting_; }
    Turn(const Turn&) = delete;
    bool is_granted() const { return number_ <= kWaitingMax; }

private:
    std::atomic<int>& waiting_;
    const int number_;
};

Async<Result<std::string>> PasswordDesk::hash(std::string password) {
    const Turn turn(waiting_);
    if (!turn.is_granted()) co_return too_many();
    auto work = [this, password = std::move(password)] { return passwords_.hash(password); };
    co_return co_await pool_.run(std::move(work));
}

Async<Result<bool>> PasswordDesk::verify(std::string hash, std::string password) {
    const Turn turn(waiting_);
    if (!turn.is_granted()) co_return too_many();
    auto work = [this, hash = std::move(hash), password = std::move(password)] {
        return passwords_.verify(hash, password);
    };
    co_return co_await pool_.run(std::move(work));
}

}  // namespace kinora::api
