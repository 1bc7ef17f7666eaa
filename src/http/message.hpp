// http/message.hpp: a request and a response, without a word of what they are about.
#pragma once

#include "base/async.hpp"
#include "base/clock.hpp"
#include "base/ids.hpp"
#include "base/result.hpp"

#include <boost/json/value.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace kinora::http {

enum class Method { get, head, post, put, patch, del, options, other };

// As it stands in a request line: "GET".
std::string_view name_of(Method method);

// Whether the client is still there to hear the answer to its request.
//
// A client that has shut down its sending side may still listen: only a write that fails tells. So
// the first bytes of the answer, which are the same in every answer, go out then.
class Presence {
public:
    virtual ~Presence() = default;
    // Runs `call` once, on the connection's strand, when the client is found gone before the answer
    // is there; at once where it is gone already. One call at a time; a later one replaces it.
    virtual void on_gone(std::function<void()> call) = 0;
    // Looks closely, which may take a round trip to the client and at most two seconds. From any
    // executor.
    virtual Async<bool> is_gone() = 0;
    // Whether there is no sign of its going away: one system call. From any thread.
    virtual bool seems_there() const = 0;
};

// One request whose headers have been read. The body is read when a handler asks for it, so that
// who may not call is told so before a byte of it is taken in.
class Request {
public:
    virtual ~Request() = default;

    Method method = Method::other;
    std::string path;   // Decoded, begins with '/', without a trailing slash (but "/").
    std::string query;  // As sent, without '?'.
    std::vector<std::string> parameters;  // What the route's `{}` places matched, in order.
    TraceId trace_id;
    std::string base_url;  // "http://host:port": how the caller reached us; no slash at the end.
    std::string remote_address;  // Without a port. Behind configured proxies, the client's.
    SteadyPoint received_at{};

    // Value of the first header of that name (case does not matter); empty where there is none.
    virtual std::string_view header(std::string_view name) const = 0;
    // Reads the whole body; at most once. Fails with too_large over the route's limit,
    // request_timeout where it comes too slowly. Answers "100 Continue" where the client waits for
    // it.
    virtual Async<Result<std::string>> body() = 0;
    // Reads the body bit by bit instead, for one that is too large to be held: the next bytes, at
    // most 256 KiB, empty at the end. Fails as body() does; only the last piece counts among
    // `bodies_bytes`. Where a handler stops in between, the connection ends after the answer.
    virtual Async<Result<std::string>> body_piece() = 0;
    // Says that the memory of what body() gave is free again. A handler that waits for long after a
    // large body calls it; otherwise the body counts among `bodies_bytes` until the answer.
    virtual void body_released() {}
    // Begins to watch the client, until the answer. Null where nobody can tell.
    virtual std::shared_ptr<Presence> presence() { return nullptr; }
};

// Part of a file on disk, sent without being held in memory.
struct FileBody {
    int descriptor = -1;  // Owned; closed by the destructor of Response's body.
    std::uint64_t offset = 0;
    std::uint64_t size_bytes = 0;
};

class OwnedFile {
public:
    explicit OwnedFile(FileBody file) : file_(file) {}
    ~OwnedFile();
    OwnedFile(const OwnedFile&) = delete;
    OwnedFile& operator=(const OwnedFile&) = delete;
    const FileBody& get() const { return file_; }
    // Narrows what is sent to that part.
    void send_part(std::uint64_t offset, std::uint64_t size_bytes) {
        file_.offset = offset;
        file_.size_bytes = size_bytes;
    }

private:
    FileBody file_;
};

// A body that comes bit by bit, of a length that nobody knows before.
class BodyStream {
public:
    virtual ~BodyStream() = default;
    // The next piece, not empty; nothing at the end. Runs on the connection's strand and may
    // suspend for as long as it likes. Where the client is gone the stream is destroyed instead.
    virtual Async<std::optional<std::string>> next() = 0;
};

struct Response {
    int status = 200;
    std::string content_type;  // Empty: none is sent.
    std::vector<std::pair<std::string, std::string>> headers;
    std::variant<std::string, std::shared_ptr<OwnedFile>, std::shared_ptr<BodyStream>> body;
    // Set for HEAD: what Content-Length says although no body goes out.
    std::optional<std::uint64_t> content_length;
    bool close = false;  // End the connection after this answer.
    // Runs once on the connection's strand, where it is set: whether all of it went out. Not at all
    // where the server halts before.
    std::function<void(bool)> sent;

    static Response json(int status, const boost::json::value& value);
    static Response json_text(int status, std::string text);
    static Response empty(int status);  // 204 and the like.

    void set(std::string name, std::string value) {
        headers.emplace_back(std::move(name), std::move(value));
    }
};

}  // namespace kinora::http
