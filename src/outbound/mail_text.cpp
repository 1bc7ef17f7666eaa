#include "outbound/mail_text.hpp"

#include "base/ensure.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace kinora::outbound {
namespace {

constexpr std::size_t kPlainMax = 60;     // With the longest name of a header it fits in a line.
constexpr std::size_t kWordMax = 54;      // Of an encoded word: "Subject: =?UTF-8?Q?", this, "?=".
constexpr std::size_t kBodyLineMax = 75;  // And the "=" that says that the line goes on.

bool is_alphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

std::string as_hex(char c) {
    static constexpr char kDigits[] = "0123456789ABCDEF";
    const auto byte = static_cast<unsigned char>(c);
    return {'=', kDigits[byte >> 4], kDigits[byte & 15]};
}

// How many bytes the sign that begins here has; a stray byte counts for itself.
std::size_t sign_size(std::string_view text) {
    std::size_t size = 1;
    while (size < text.size() && size < 4 && (static_cast<unsigned char>(text[size]) >> 6) == 2) {
        ++size;
    }
    return size;
}

std::string encode_sign(std::string_view sign) {
    if (sign == " ") return "_";
    std::string encoded;
    for (const char c : sign) encoded += is_alphanumeric(c) ? std::string(1, c) : as_hex(c);
    return encoded;
}

std::string say_mailbox(const Mailbox& box) {
    if (box.name.empty()) return box.address;
    const auto plain = std::all_of(box.name.begin(), box.name.end(),
                                   [](char c) { return is_alphanumeric(c) || c == ' '; });
    auto name = encode_header(box.name);
    // A name with a comma or a dot is quoted; one in encoded words must not be.
    if (!plain && name == box.name) name = '"' + name + '"';
    return name + "\r\n <" + box.address + ">";
}

}  // namespace

std::string encode_header(std::string_view text) {
    const bool ascii =
        std::all_of(text.begin(), text.end(), [](char c) { return (c & 0x80) == 0; });
    const bool plain = ascii && text.size() <= kPlainMax && !text.starts_with(' ') &&
                       !text.ends_with(' ') && text.find("=?") == std::string_view::npos;
    if (plain) return std::string(text);
    std::string encoded;
    std::string word;
    const auto end_word = [&] {
        if (!encoded.empty()) encoded += "\r\n ";  // Between two encoded words it does not count.
        encoded += "=?UTF-8?Q?" + word + "?=";
        word.clear();
    };
    while (!text.empty()) {
        const auto sign = text.substr(0, sign_size(text));
        const auto more = encode_sign(sign);
        if (word.size() + more.size() > kWordMax) end_word();
        word += more;
        text.remove_prefix(sign.size());
    }
    end_word();
    return encoded;
}

std::string encode_body(std::string_view text) {
    std::string encoded;
    std::size_t column = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool two = text.substr(i, 2) == "\r\n";
        if (two || text[i] == '\n') {
            encoded += "\r\n";
            column = 0;
            i += two ? 1 : 0;
            continue;
        }
        const char c = text[i];
        const auto rest = text.substr(i + 1);
        const bool ends = rest.empty() || rest.starts_with('\n') || rest.starts_with("\r\n");
        // A blank at a line's end gets lost on the way.
        const bool plain = (c > ' ' && c <= '~' && c != '=') || (c == ' ' && !ends);
        const auto more = plain ? std::string(1, c) : as_hex(c);
        if (column + more.size() > kBodyLineMax) {
            encoded += "=\r\n";
            column = 0;
        }
        encoded += more;
        column += more.size();
    }
    if (!encoded.ends_with("\r\n")) encoded += "\r\n";
    return encoded;
}

std::string say_mail_date(TimePoint time) {
    static constexpr const char* kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                              "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(std::chrono::floor<std::chrono::seconds>(time - day));
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%s, %u %s %04d %02d:%02d:%02d +0000",
                  kDays[std::chrono::weekday(day).c_encoding()], static_cast<unsigned>(date.day()),
                  kMonths[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()),
                  static_cast<int>(clock.hours().count()),
                  static_cast<int>(clock.minutes().count()),
                  static_cast<int>(clock.seconds().count()));
    return text.data();
}

std::string mail_text(const MailParts& parts) {
    const auto& from = parts.from.address;
    for (const auto* value : {&parts.from.name, &from, &parts.to, &parts.subject, &parts.id}) {
        ensure(is_one_line(*value), "a mail's header is one line");
    }
    return "Date: " + say_mail_date(parts.date) + "\r\n" +                        //
           "Message-ID: <" + parts.id + from.substr(from.rfind('@')) + ">\r\n" +  //
           "From: " + say_mailbox(parts.from) + "\r\n" +                          //
           "To: " + parts.to + "\r\n" +                                           //
           "Subject: " + encode_header(parts.subject) + "\r\n" +                  //
           "MIME-Version: 1.0\r\n"
           "Content-Type: text/plain; charset=utf-8\r\n"
           "Content-Transfer-Encoding: quoted-printable\r\n"
           "Auto-Submitted: auto-generated\r\n"  // Who is on holiday need not answer.
           "\r\n" +
           encode_body(parts.body);
}

}  // namespace kinora::outbound
