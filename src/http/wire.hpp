// http/wire.hpp: one TCP connection: bytes in, bytes out, and a deadline on both.
//
// The deadline is a number that the server's sweep looks at a few times a second: thousands of
// connections set it thousands of times a second without a timer each. Reading waits for readiness
// before it takes memory, so that a silent connection holds no buffer. Everything but overdue()
// runs on the connection's strand.
#pragma once

#include "base/async.hpp"
#include "base/clock.hpp"

#include <array>
#include <atomic>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/strand.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <string_view>

namespace kinora::http {

using Strand = asio::strand<asio::io_context::executor_type>;
using Socket = asio::basic_stream_socket<asio::ip::tcp, Strand>;

enum class Got {
    data,
    end,   // The client has shut down its sending side.
    lost,  // The connection is gone.
    late,  // The deadline has passed.
    cut,   // interrupt() was called.
};

class Wire {
public:
    Wire(Socket socket, const Clock& clock) : socket_(std::move(socket)), clock_(clock) {}

    // From now on, a wait that lasts longer than `limit` from now ends as `late`.
    void expect_within(Milliseconds limit) { expect_by(clock_.steady() + limit); }
    void expect_by(SteadyPoint deadline);
    void expect_nothing() { deadline_.store(kNever, std::memory_order_relaxed); }
    // Whether the deadline lies before `now`. Safe from any thread.
    bool overdue(SteadyPoint now) const;
    // Ends a wait that is overdue; does nothing where the deadline has been moved meanwhile.
    void end_if_overdue();
    // Ends the present wait and each later one.
    void interrupt();

    // What has been received and not been consumed yet.
    boost::beast::flat_buffer& input() { return input_; }
    // Frees the input's memory where nothing is left in it.
    void release_input();
    // Waits for bytes and adds at most `room_bytes` of them to the input.
    Async<Got> receive(std::size_t room_bytes);
    // Waits for bytes and forgets them. `end` comes back as it is.
    Async<Got> discard();

    // Sends without waiting what the socket takes; `pieces` shrink. False: the connection is gone.
    using Pieces = std::array<std::string_view, 2>;
    bool send_now(Pieces& pieces);
    static bool is_empty(const Pieces& pieces) { return pieces[0].empty() && pieces[1].empty(); }
    // Sends all of it; the client has to take something at least every `stall`.
    Async<bool> send(Pieces pieces, Milliseconds stall);
    // Sends that part of a file. It is asked for ahead, so that a slow disk holds up nobody else.
    Async<bool> send_file(int file, std::uint64_t offset, std::uint64_t size_bytes,
                          Milliseconds stall);

    // Sends the bytes with which any answer begins, once; answer_begun() says how many of them the
    // answer itself has to leave out. False: the connection is gone.
    bool begin_answer(std::string_view bytes);
    std::size_t answer_begun() const { return answer_begun_; }
    void answer_ended() { answer_begun_ = 0; }

    // Tells the client that no more will come.
    void shut_sending();
    void close();
    Socket& socket() { return socket_; }

private:
    static constexpr SteadyPoint::rep kNever = 0;
    static constexpr auto kAsTuple = asio::as_tuple(asio::use_awaitable);
    Got reason_of_end() const { return cut_ ? Got::cut : Got::late; }
    bool ended() const { return cut_ || late_; }

    Socket socket_;
    const Clock& clock_;
    boost::beast::flat_buffer input_;
    std::atomic<SteadyPoint::rep> deadline_{kNever};
    std::size_t answer_begun_ = 0;  // Bytes.
    bool late_ = false;
    bool cut_ = false;
};

}  // namespace kinora::http
