#include "outbound/data_url.hpp"

#include "base/text.hpp"
#include "outbound/wording.hpp"

#include <boost/algorithm/string/predicate.hpp>

#include <algorithm>
#include <array>
#include <optional>

namespace kinora::outbound {
namespace {

constexpr std::string_view kScheme = "data:";
constexpr std::string_view kBase64 = "base64";
constexpr std::string_view kDefaultType = "text/plain";
constexpr std::size_t kHeadMax = 256;  // Of all before the comma.

constexpr std::string_view kBlanks = " \t\n\r\f";

std::optional<unsigned> hex_digit(char c) {
    if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
    if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a' + 10);
    if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A' + 10);
    return std::nullopt;
}

// The value of each character in base64; 64 for what is none.
constexpr auto kSextets = [] {
    constexpr std::string_view kAlphabet =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::array<std::uint8_t, 256> sextets{};
    for (auto& sextet : sextets) sextet = 64;
    for (std::size_t i = 0; i < kAlphabet.size(); ++i) {
        sextets[static_cast<std::uint8_t>(kAlphabet[i])] = static_cast<std::uint8_t>(i);
    }
    return sextets;
}();

// Gives the characters of a body one by one, escapes undone. Bare line ends and tabs are not part
// of any URL.
class Characters {
public:
    explicit Characters(std::string_view text) : text_(text) { skip(); }

    bool at_end() const { return text_.empty(); }
    // Nothing where an escape is broken.
    std::optional<char> next() {
        const char c = text_.front();
        text_.remove_prefix(1);
        if (c != '%') {
            skip();
            return c;
        }
        if (text_.size() < 2) return std::nullopt;
        const auto high = hex_digit(text_[0]);
        const auto low = hex_digit(text_[1]);
        if (!high || !low) return std::nullopt;
        text_.remove_prefix(2);
        skip();
        return static_cast<char>(*high * 16 + *low);
    }

private:
    void skip() { text_.remove_prefix(std::min(text_.find_first_not_of("\t\r\n"), text_.size())); }

    std::string_view text_;
};

// Takes characters, keeps bytes.
class Base64 {
public:
    // False where base64 has no such character, or not here.
    bool take(char c, std::vector<std::uint8_t>& bytes) {
        if (kBlanks.find(c) != std::string_view::npos) return true;
        if (c == '=') return ++padding_ <= 2;
        const unsigned sextet = kSextets[static_cast<std::uint8_t>(c)];
        if (sextet == 64 || padding_ > 0) return false;
        bits_ = bits_ << 6 | sextet;
        ++count_;
        // The first of four characters fills no byte, each further one fills one.
        const unsigned behind = 6 - 2 * ((count_ - 1) % 4);
        if (behind < 6) bytes.push_back(static_cast<std::uint8_t>(bits_ >> behind));
        return true;
    }

    // Padding is left out or whole; one character alone is no byte.
    bool is_whole() const { return padding_ == 0 ? count_ % 4 != 1 : (count_ + padding_) % 4 == 0; }

private:
    std::uint32_t bits_ = 0;
    std::size_t count_ = 0;
    std::size_t padding_ = 0;
};

struct Parts {
    std::string media_type;
    bool base64 = false;
    std::string_view body;
};

bool is_media_type(std::string_view text) {
    const auto is_good = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
               std::string_view("!#$&^_.+-/").find(c) != std::string_view::npos;
    };
    const auto slash = text.find('/');
    return slash != 0 && slash != std::string_view::npos && slash + 1 < text.size() &&
           text.find('/', slash + 1) == std::string_view::npos &&
           std::all_of(text.begin(), text.end(), is_good);
}

Result<Parts> split(std::string_view text) {
    const auto after_scheme = trim(text, kBlanks).substr(kScheme.size());
    const auto comma = after_scheme.substr(0, kHeadMax + 1).find(',');
    if (comma == std::string_view::npos) {
        return bad_request("The data URL has no comma between its media type and its data.");
    }
    Parts parts;
    parts.body = after_scheme.substr(comma + 1);
    parts.body = parts.body.substr(0, parts.body.find('#'));
    auto head = trim(after_scheme.substr(0, comma), kBlanks);
    const auto last = head.rfind(';');
    if (last != std::string_view::npos &&
        boost::iequals(trim(head.substr(last + 1), kBlanks), kBase64)) {
        parts.base64 = true;
        head = head.substr(0, last);
    }
    parts.media_type = trim(head.substr(0, head.find(';')), kBlanks);
    for (auto& c : parts.media_type) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    if (parts.media_type.empty()) parts.media_type = kDefaultType;
    if (!is_media_type(parts.media_type)) {
        return bad_request("The data URL's media type is not of the form image/png.");
    }
    return parts;
}

}  // namespace

bool is_data_url(std::string_view text) {
    return boost::istarts_with(trim(text, kBlanks), kScheme);
}

Result<DataUrl> parse_data_url(std::string_view text, std::uint64_t size_bytes_max) {
    if (!is_data_url(text)) return bad_request("This is no data URL.");
    auto parts = split(text);
    if (!parts) return parts.error();
    DataUrl url{std::move(parts->media_type), {}};
    // Three bytes for four characters at most, or one for one.
    const std::uint64_t expected = parts->base64 ? parts->body.size() / 4 * 3 : parts->body.size();
    url.bytes.reserve(static_cast<std::size_t>(std::min(expected, size_bytes_max)));
    Base64 base64;
    Characters characters(parts->body);
    while (!characters.at_end()) {
        const auto c = characters.next();
        if (!c)
            return bad_request("The data URL has a '%' without two hexadecimal digits behind it.");
        if (!parts->base64) {
            url.bytes.push_back(static_cast<std::uint8_t>(*c));
        } else if (!base64.take(*c, url.bytes)) {
            return bad_request("The data URL's data is not base64.");
        }
        if (url.bytes.size() > size_bytes_max) {
            return bad_request("The file is larger than " + say_size(size_bytes_max) + ".");
        }
    }
    if (!base64.is_whole()) return bad_request("The data URL's base64 ends too early.");
    if (url.bytes.empty()) return bad_request("The data URL holds no data.");
    return url;
}

}  // namespace kinora::outbound
