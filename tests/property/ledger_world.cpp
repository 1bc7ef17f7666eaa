// tests/property/ledger_world.cpp: what people, workers and those who run the server do.
#include "property/ledger_world.hpp"

#include "accounts/owner.hpp"
#include "accounts/people.hpp"
#include "storage/queue_rows.hpp"
#include "storage/retention_rows.hpp"
#include "support/tasks.hpp"
#include "tasks/acceptance.hpp"
#include "tasks/erasure.hpp"
#include "tasks/recovery.hpp"

#include <algorithm>

namespace kinora::test {
namespace {

using namespace std::chrono_literals;
using storage::Session;

constexpr std::size_t kPeopleMax = 5;
constexpr std::size_t kAddresses = 8;  // Fewer than people come: some come again.
constexpr int kBodyKinds = 2;
constexpr LedgerModel::Micros kPrices[] = {0, 1, 300'000, 700'000, 1'000'000, 2'500'000};

}  // namespace

LedgerWorld::LedgerWorld(std::uint64_t seed, Backend backend)
    : dice_(seed),
      random_(seed ^ 0x5eed),
      database_(backend),
      luma_(*ServiceId::parse(accounts::kLumaServiceId)) {
    const auto service = database_->read_now(
        [&](Session& session) { return *storage::find_service(session, luma_); });
    model_.price = service.price.micros;
    free_amount_ = service.free_amount.micros;
}

template <class F>
auto LedgerWorld::write(F fn) -> std::optional<std::invoke_result_t<F&, Session&>> {
    std::optional<std::invoke_result_t<F&, Session&>> done;
    const auto trouble = is_settling_ ? 2 : below(24);
    if (trouble == 0) flaky_.fail_with(Lost(), FlakyDatabase::Failing::writes);
    if (trouble == 1) flaky_.fail_with(Lost(), FlakyDatabase::Failing::confirmations);
    try {
        flaky_.write_now([&](Session& session) { done.emplace(fn(session)); });
    } catch (const Lost&) {
        note(done ? "done, and nobody was told" : "lost");
    }
    flaky_.recover();
    return done;
}

void LedgerWorld::step() {
    clock_.advance(Milliseconds(1 + below(4'000)));
    const auto what = below(100);
    if (what < 4)
        come();
    else if (what < 9)
        acquire();
    else if (what < 13)
        issue();
    else if (what < 14)
        revoke();
    else if (what < 19)
        pay_in();
    else if (what < 50)
        call();
    else if (what < 66)
        claim();
    else if (what < 85)
        work();
    else if (what < 89)
        cancel_or_delete();
    else if (what < 92)
        take_back();
    else if (what < 95)
        change_application();
    else if (what < 97)
        change_service();
    else if (one_in(2))
        leave();
    else
        erase();
    compare();
}

void LedgerWorld::come() {
    const auto present = std::count_if(people_.begin(), people_.end(),
                                       [](const Person& person) { return !person.has_left; });
    if (static_cast<std::size_t>(present) >= kPeopleMax) return;
    const auto email = std::to_string(below(kAddresses)) + "@example.org";
    const bool is_taken = std::any_of(people_.begin(), people_.end(), [&](const Person& person) {
        return !person.has_left && person.row.email == email;
    });
    const auto done = write([&](Session& session) {
        auto user = accounts::add_user(session, {email, {}, {}, accounts::Role::user}, random_,
                                       clock_.now());
        std::optional<ApplicationId> general;
        if (user) general = accounts::general_balance(session, user->id, random_, clock_.now()).id;
        return std::pair(std::move(user), general);
    });
    if (!done) return;
    const auto& [user, general] = *done;
    if (user.has_value() == is_taken) fault("an address is two people's, or nobody's: " + email);
    if (!user) return;
    note(of("came", user->id.str()));
    people_.push_back({*user});
    model_.open(*general, user->id, true);
}

void LedgerWorld::acquire() {
    if (people_.empty()) return;
    const auto& person = any_of(people_);
    if (person.has_left) return;
    const auto done = write([&](Session& session) {
        return accounts::acquire(session, person.row, luma_, random_, clock_.now());
    });
    if (!done) return;
    if (!*done) {
        if (model_.is_offered) fault("a service that is offered was refused");
        return;
    }
    const auto& [application, is_new] = **done;
    if (is_new == model_.purses.contains(application.id))
        fault(of("was acquired twice, or not at all:", application.id.str()));
    if (!is_new) return;
    note(of("acquired", application.id.str()));
    model_.open(application.id, person.row.id, false);
    if (free_amount_ > 0 && had_free_amount_.insert(person.row.email).second)
        model_.give(application.id, free_amount_, true);
}

void LedgerWorld::issue() {
    if (model_.purses.empty()) return;
    const auto at =
        std::next(model_.purses.begin(), static_cast<std::ptrdiff_t>(below(model_.purses.size())));
    const auto& [application, purse] = *at;
    const auto person = std::find_if(people_.begin(), people_.end(), [&](const Person& each) {
        return each.row.id == purse.owner;
    });
    if (person->has_left) return;
    storage::CredentialRow wanted;
    wanted.application_id = application;
    wanted.user_id = purse.owner;
    std::optional<Micros> limit;
    if (one_in(3)) limit = static_cast<Micros>(below(20)) * 500'000;
    if (limit) wanted.limited_amount = Credits{*limit};
    const auto done = write([&](Session& session) {
        return accounts::issue_credential(session, wanted, random_, clock_.now()).credential;
    });
    if (!done) return;
    note(of("issued", done->id.str()));
    model_.issue(done->id, application, limit);
    clients_.push_back({{purse.owner, application, done->id}});
}

void LedgerWorld::revoke() {
    if (clients_.empty()) return;
    const auto id = any_of(clients_).caller.credential_id;
    const auto done =
        write([&](Session& session) { return storage::remove_credential(session, id); });
    if (!done) return;
    if (*done != model_.keys.contains(id)) fault(of("a key was or was not there:", id.str()));
    note(of("revoked", id.str()));
    model_.revoke(id);
}

void LedgerWorld::pay_in() {
    if (model_.purses.empty()) return;
    accounts::TopUp wanted;
    wanted.id = random_.hex(8);
    const bool again = !paid_in_.empty() && one_in(3);
    if (again) {
        wanted = any_of(paid_in_).wanted;
        wanted.id = random_.hex(8);
        if (one_in(4)) wanted.amount.micros += 1;
        if (!model_.purses.contains(wanted.application_id)) return;  // It is erased.
    } else {
        const auto at = std::next(model_.purses.begin(),
                                  static_cast<std::ptrdiff_t>(below(model_.purses.size())));
        wanted.application_id = at->first;
        wanted.amount = {1 + static_cast<Micros>(below(8'000'000))};
        if (one_in(2)) wanted.reference = "payment " + random_.hex(4);
    }
    const auto former = std::find_if(paid_in_.begin(), paid_in_.end(), [&](const PaidIn& each) {
        return !wanted.reference.empty() && each.wanted.reference == wanted.reference;
    });
    const auto done =
        write([&](Session& session) { return accounts::top_up(session, wanted, clock_.now()); });
    if (!done) return;
    if (former != paid_in_.end()) {
        const bool is_same = former->wanted.amount == wanted.amount;
        if (done->has_value() != is_same || (is_same && (*done)->id != former->wanted.id))
            fault("a payment that was told again counted otherwise: " + wanted.reference);
        return;
    }
    if (!*done) return fault("a payment was refused: " + done->error().message());
    note(of("paid in for", wanted.application_id.str()));
    paid_in_.push_back({wanted});
    model_.give(wanted.application_id, wanted.amount.micros, false);
}

void LedgerWorld::call() {
    if (clients_.empty()) return;
    Keyed wanted{any_of(clients_), {}, static_cast<int>(below(kBodyKinds)), {}};
    // Most clients have a key that works.
    for (int i = 0; i < 6 && !model_.keys.contains(wanted.client.caller.credential_id); ++i)
        wanted.client = any_of(clients_);
    std::optional<Keyed> former;
    if (!keyed_.empty() && one_in(3)) {  // The same call again, or another with its key.
        former = any_of(keyed_);
        wanted.client = former->client;
        wanted.key = former->key;
        if (one_in(4)) wanted.body = 1 - former->body;
    } else if (one_in(2)) {
        wanted.key = random_.hex(4);
    }
    const auto& caller = wanted.client.caller;
    // With a key that is known, what it made is found before anything is paid for.
    if (former && !model_.keys.contains(caller.credential_id)) return;
    const auto verdict = model_.judge(caller.credential_id, caller.application_id);
    Account account;
    account.user.id = caller.user_id;
    account.application.id = caller.application_id;
    account.credential.id = caller.credential_id;
    const auto row = make_task(account, random_, clock_.now());
    tasks::Recognition recognition;
    recognition.caller = caller;
    recognition.key = wanted.key;
    recognition.request_hash = tasks::hash_request(std::to_string(wanted.body));
    const auto done = write([&](Session& session) -> Result<TaskId> {
        const auto accepted = tasks::accept_task(session, recognition, row, {}, clock_.now());
        if (!accepted) return accepted.error();
        if (accepted->joined != (accepted->id != row.id))
            throw std::logic_error("a task that was made is not the one that was given");
        return accepted->id;
    });
    if (!done) return;
    check_answer(wanted, verdict, former, *done);
    if (!*done || former) return;
    note(of("called", (*done)->str()));
    wanted.task = **done;
    model_.accept(wanted.task, caller.credential_id, verdict);
    if (!wanted.key.empty()) keyed_.push_back(wanted);
}

void LedgerWorld::claim() {
    if (claims_.size() >= 4) return;
    const auto owner = "node/w" + std::to_string(below(3));
    const auto done = write([&](Session& session) {
        return storage::claim_task(session, {owner, clock_.now(), clock_.now() + 10s});
    });
    if (!done || !*done) return;
    const auto& task = **done;
    if (model_.jobs.at(task.id).end != LedgerModel::End::none)
        fault(of("was begun after its end:", task.id.str()));
    claims_.push_back({task.id, owner, task.attempt});
}

void LedgerWorld::work() {
    if (claims_.empty()) return;
    const auto at = below(claims_.size());
    const auto mine = claims_[at];
    claims_.erase(claims_.begin() + static_cast<std::ptrdiff_t>(at));
    if (one_in(8)) return note(of("a worker died at", mine.id.str()));
    const auto how = below(6);
    const auto done = write([&](Session& session) {
        const auto now = clock_.now();
        if (how == 0) return storage::return_task(session, mine, 1s, now);
        if (how == 1) return storage::fail_task(session, mine, "api_error", "No.", 1s, now);
        const auto task = storage::find_task(session, mine.id);
        return task && storage::complete_task(session, mine, make_video(*task, random_), 1s, now);
    });
    if (!done) {
        claims_.push_back(mine);  // It is tried again.
        return;
    }
    if (!*done || how == 0) return;
    note(of(how == 1 ? "failed" : "completed", mine.id.str()));
    if (model_.jobs.at(mine.id).end != LedgerModel::End::none)
        return fault(of("has two ends:", mine.id.str()));
    model_.end(mine.id, how == 1 ? LedgerModel::End::other : LedgerModel::End::completed);
}

void LedgerWorld::take_back() {
    const auto lost = write([&](Session& session) {
        return storage::take_back_leases(session, clock_.now(), one_in(4) ? "node/w1" : "",
                                         tasks::kAttemptsMax, "api_error", "No.");
    });
    if (!lost) return;
    for (const auto& id : lost->failed) {
        note(of("was given up:", id.str()));
        model_.end(id, LedgerModel::End::other);
    }
}

void LedgerWorld::cancel_or_delete() {
    if (model_.jobs.empty()) return;
    const auto at =
        std::next(model_.jobs.begin(), static_cast<std::ptrdiff_t>(below(model_.jobs.size())));
    const auto id = at->first;
    const bool removes = one_in(3);
    const auto done = write([&](Session& session) {
        const bool cancelled = storage::cancel_task(session, id, "Enough.", clock_.now());
        const auto task = storage::find_task(session, id);
        if (removes && task)
            storage::delete_task(session, *task, storage::Delivery::removed, clock_.now());
        return cancelled;
    });
    if (!done) return;
    if (*done != (at->second.end == LedgerModel::End::none))
        return fault(of("was cancelled after its end, or not before it:", id.str()));
    if (*done) model_.end(id, LedgerModel::End::other);
    note(of(removes ? "deleted" : "cancelled", id.str()));
}

void LedgerWorld::leave() {
    if (people_.empty()) return;
    auto& person = any_of(people_);
    const auto done = write([&](Session& session) {
        return accounts::delete_user(session, person.row.id, clock_.now());
    });
    if (!done) return;
    if (!*done) return fault("an account was not deleted: " + done->error().message());
    if (std::exchange(person.has_left, true)) return;
    note(of("left", person.row.id.str()));
    model_.leave(person.row.id);
}

void LedgerWorld::erase() {
    tasks::erase_deleted_users(*database_, media_, clock_);
    for (auto& person : people_) {
        if (!person.has_left || std::exchange(person.is_erased, true)) continue;
        note(of("erased", person.row.id.str()));
        model_.erase(person.row.id);
    }
}

void LedgerWorld::change_application() {
    if (model_.purses.empty()) return;
    auto at =
        std::next(model_.purses.begin(), static_cast<std::ptrdiff_t>(below(model_.purses.size())));
    auto& [id, purse] = *at;
    const bool disabled = one_in(6), allows_general = !one_in(3);
    const auto done = write([&, id = id](Session& session) {
        auto row = *storage::find_application(session, id);
        row.disabled = disabled;
        row.allow_consume_global = allows_general;
        storage::update_application(session, row);
        return true;
    });
    if (!done) return;
    purse.disabled = disabled;
    purse.allows_general = allows_general;
}

void LedgerWorld::change_service() {
    const auto price = kPrices[below(std::size(kPrices))];
    const auto free_amount = static_cast<Micros>(below(3)) * 5'000'000;
    const bool is_offered = !one_in(8);
    const auto done = write([&](Session& session) {
        auto row = *storage::find_service(session, luma_);
        row.price = {price};
        row.free_amount = {free_amount};
        row.enabled = is_offered;
        storage::update_service(session, row);
        return true;
    });
    if (!done) return;
    note("the price is " + std::to_string(price));
    model_.price = price;
    model_.is_offered = is_offered;
    free_amount_ = free_amount;
}

void LedgerWorld::settle() {
    is_settling_ = true;
    while (!model_.unfinished().empty() && faults_.empty()) {
        clock_.advance(11s);
        take_back();
        claims_.clear();
        for (claim(); !claims_.empty(); claim()) work();
    }
    compare();
    for (const auto& [id, job] : model_.jobs) check_end(id, job);
}

}  // namespace kinora::test
