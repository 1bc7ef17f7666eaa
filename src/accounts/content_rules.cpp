#include "accounts/content_rules.hpp"

#include "accounts/patterns.hpp"
#include "accounts/phrases.hpp"
#include "accounts/unicode.hpp"
#include "accounts/words.hpp"
#include "base/text.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <vector>

namespace kinora::accounts {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

Error too_large() {
    return {ErrorCode::bad_request, "The content rules are longer than 1 MB."};
}

Error line_error(std::size_t line, const std::string& what) {
    return {ErrorCode::bad_request,
            "Line " + std::to_string(line) + " of the content rules " + what + "."};
}

}  // namespace

class ContentRules::Book {
public:
    Result<void> add(std::size_t line, std::string_view rule) {
        if (!is_utf8(rule)) return line_error(line, "is not UTF-8");
        if (rules_.size() == kRulesMax) {
            return line_error(line, "is one rule too many; there may be 10000");
        }
        auto added = rule.starts_with('/') ? add_pattern(line, rule) : add_phrase(line, rule);
        if (added) rules_.push_back({line, std::string(rule)});
        return added;
    }

    bool compile() { return patterns_.compile(); }

    std::optional<Match> find(std::string_view text) const {
        auto number = find_phrase(text);
        if (!number) number = patterns_.find(text);
        if (!number) number = patterns_.find(to_utf8(normal(from_utf8(text), Form::nfkc_casefold)));
        if (!number) return std::nullopt;
        return rules_[*number];
    }

    std::size_t size() const { return rules_.size(); }

private:
    Result<void> add_pattern(std::size_t line, std::string_view rule) {
        if (rule.size() < 3 || !rule.ends_with('/')) {
            return line_error(line,
                              "begins with a slash, so it must be a pattern and end with one");
        }
        const std::string pattern(rule.substr(1, rule.size() - 2));
        const auto fault = patterns_.add(pattern, rules_.size());
        if (fault) return line_error(line, "has a pattern that cannot be used: " + *fault);
        return ok();
    }

    Result<void> add_phrase(std::size_t line, std::string_view rule) {
        const auto words = reader_.read(rule, Reading::folded);
        if (words.empty()) {
            return line_error(line,
                              "has no letter and no digit; write other signs as a pattern, "
                              "between slashes");
        }
        if (words.size() > Phrases::kWordsMax) return line_error(line, "has more than 64 words");
        phrases_.add(words, rules_.size());
        return ok();
    }

    std::optional<std::size_t> find_phrase(std::string_view text) const {
        const auto folded = reader_.read(text, Reading::folded);
        if (const auto found = phrases_.find(folded)) return found;
        const auto written = reader_.read(text, Reading::as_written);
        return written == folded ? std::nullopt : phrases_.find(written);
    }

    WordReader reader_;
    Phrases phrases_;
    Patterns patterns_;
    std::vector<Match> rules_;
};

ContentRules::ContentRules(std::unique_ptr<const Book> book) : book_(std::move(book)) {}
ContentRules::ContentRules(ContentRules&&) noexcept = default;
ContentRules& ContentRules::operator=(ContentRules&&) noexcept = default;
ContentRules::~ContentRules() = default;

Result<ContentRules> ContentRules::parse(std::string_view text) {
    if (text.size() > kFileBytesMax) return too_large();
    if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
    auto book = std::make_unique<Book>();
    for (std::size_t line = 1; !text.empty(); ++line) {
        const auto end = text.find('\n');
        const auto rule = trim(text.substr(0, end), " \t\r");
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (rule.empty() || rule.starts_with('#')) continue;
        if (auto added = book->add(line, rule); !added) return added.error();
    }
    if (!book->compile()) {
        return Error(ErrorCode::bad_request,
                     "The patterns of the content rules need too much memory together; write "
                     "fewer or shorter ones.");
    }
    return ContentRules(std::move(book));
}

Result<ContentRules> ContentRules::load(const std::filesystem::path& path) {
    std::string text(kFileBytesMax + 1, '\0');
    errno = 0;
    std::ifstream file(path, std::ios::binary);
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (!file.is_open() || file.bad()) {
        return Error(ErrorCode::bad_request, "The content rules in " + path.string() +
                                                 " cannot be read: " + std::strerror(errno) + ".");
    }
    text.resize(static_cast<std::size_t>(file.gcount()));
    return parse(text);
}

std::optional<ContentRules::Match> ContentRules::find(std::string_view text) const {
    return book_->find(text);
}

std::size_t ContentRules::size() const {
    return book_->size();
}

}  // namespace kinora::accounts
