// storage/database.ipp: the template half of database.hpp.
#pragma once

#include <future>

namespace kinora::storage {

// A job that returns nothing is carried as std::monostate.
namespace detail {
template <class T>
using Carried = std::conditional_t<std::is_void_v<T>, std::monostate, T>;

template <class T, class F>
Carried<T> call(F& fn, Session& session) {
    if constexpr (std::is_void_v<T>) {
        fn(session);
        return {};
    } else {
        return fn(session);
    }
}
}  // namespace detail

template <class T, class F>
Async<T> Database::run(Kind kind, F fn) {
    using Carried = detail::Carried<T>;
    // Held by both sides, for either may end before the other.
    auto result = std::make_shared<std::optional<Carried>>();
    auto job = [result, held = std::make_shared<F>(std::move(fn))](Session& session) {
        *result = detail::call<T>(*held, session);
    };
    co_await run_job(kind, std::move(job));
    if constexpr (!std::is_void_v<T>) co_return std::move(**result);
}

template <class T, class F>
T Database::run_now(Kind kind, F fn) {
    using Carried = detail::Carried<T>;
    std::promise<void> finished;
    std::optional<Carried> result;
    submit(
        kind, [&](Session& session) { result = detail::call<T>(fn, session); },
        [&](std::exception_ptr error) {
            error ? finished.set_exception(error) : finished.set_value();
        });
    finished.get_future().get();
    if constexpr (!std::is_void_v<T>) return std::move(*result);
}

}  // namespace kinora::storage
