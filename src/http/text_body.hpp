// http/text_body.hpp: a body as Beast's parser fills it: a string that grows with what comes.
//
// Beast's own string_body makes room for all that Content-Length promises. Here that is decided by
// who reads: body() wants one string, body_piece() takes the string away again and again.
#pragma once

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/optional/optional.hpp>
#include <string>

namespace kinora::http {

struct TextBody {
    using value_type = std::string;

    // Beast's BodyReader.
    class reader {
    public:
        template <bool is_request, class Fields>
        reader(boost::beast::http::header<is_request, Fields>&, std::string& text) : text_(text) {}

        void init(const boost::optional<std::uint64_t>&, boost::system::error_code& error) {
            error = {};
        }
        template <class Buffers>
        std::size_t put(const Buffers& buffers, boost::system::error_code& error) {
            const auto before = text_.size();
            for (auto at = boost::asio::buffer_sequence_begin(buffers);
                 at != boost::asio::buffer_sequence_end(buffers); ++at) {
                const boost::asio::const_buffer buffer(*at);
                text_.append(static_cast<const char*>(buffer.data()), buffer.size());
            }
            error = {};
            return text_.size() - before;
        }
        void finish(boost::system::error_code& error) { error = {}; }

    private:
        std::string& text_;
    };
};

}  // namespace kinora::http
