// accounts/content_rules.hpp: words and patterns that the operator wants in no prompt.
//
// One rule a line, in UTF-8; empty lines and those that begin with # do not count. A plain line is
// a word or a phrase, found as a whole whatever its case, its width and what stands between its
// words; letters that only look like its own, and unseen ones in between, do not hide it. A line
// between slashes is a pattern of RE2, found anywhere in the text as it is and in the folded one.
#pragma once

#include "base/result.hpp"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace kinora::accounts {

class ContentRules {
public:
    static constexpr std::size_t kRulesMax = 10'000;
    static constexpr std::size_t kFileBytesMax = 1'000'000;

    // Fail with `bad_request`, the line's number and what is wrong with it.
    static Result<ContentRules> parse(std::string_view text);
    static Result<ContentRules> load(const std::filesystem::path& path);

    ContentRules(ContentRules&&) noexcept;
    ContentRules& operator=(ContentRules&&) noexcept;
    ~ContentRules();

    // A rule that the text is against; for the log, not for the caller.
    struct Match {
        std::size_t line = 0;
        std::string rule;
    };
    // One pass over the text, however many rules there are. Made for texts of up to 64 KB, in
    // UTF-8. Safe from any thread.
    std::optional<Match> find(std::string_view text) const;

    std::size_t size() const;

private:
    class Book;
    explicit ContentRules(std::unique_ptr<const Book> book);

    std::unique_ptr<const Book> book_;
};

}  // namespace kinora::accounts
