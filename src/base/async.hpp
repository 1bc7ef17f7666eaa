// base/async.hpp: the one shape of a coroutine, and how work leaves the I/O threads and comes back.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
#include <functional>
#include <optional>
#include <type_traits>

namespace kinora {

namespace asio = boost::asio;

// A coroutine. ("Task" is a customer's job.)
template <class T>
using Async = asio::awaitable<T>;

// Awaits `call(done)`, where `done(std::exception_ptr, std::optional<T>)` may be called once, from
// any thread; the coroutine goes on on its own executor. `call` runs before this suspends.
template <class T, class Call>
Async<T> await_call(Call call) {
    auto initiate = [call = std::move(call)](auto handler) mutable {
        auto executor = asio::get_associated_executor(handler);
        using Handler = decltype(handler);
        // Shared, for std::function wants a copyable target and handlers are move-only.
        auto held = std::make_shared<Handler>(std::move(handler));
        call([held, executor](std::exception_ptr error, std::optional<T> value) {
            asio::post(executor, [held, error, value = std::move(value)]() mutable {
                std::move (*held)(error, std::move(value));
            });
        });
    };
    auto value = co_await asio::async_initiate<const asio::use_awaitable_t<>,
                                               void(std::exception_ptr, std::optional<T>)>(
        std::move(initiate), asio::use_awaitable);
    co_return std::move(*value);
}

}  // namespace kinora
