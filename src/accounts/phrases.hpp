// accounts/phrases.hpp: many phrases, looked for in a text at once.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace kinora::accounts {

class Phrases {
public:
    static constexpr std::size_t kWordsMax = 64;

    // `words` are from 1 to kWordsMax; `number` is what find() gives for them. Of two equal ones
    // the first counts.
    void add(std::span<const std::string> words, std::size_t number);

    // The number of a phrase that is among `words`. Takes one look at each word, and one more for
    // each word of a phrase that has begun there.
    std::optional<std::size_t> find(std::span<const std::string> words) const;

private:
    // A tree of phrases: a place in it and the next word's number lead to another place.
    struct Place {
        std::optional<std::size_t> ends;  // A phrase ends here.
    };
    static std::uint64_t step(std::uint32_t place, std::uint32_t word) {
        return (std::uint64_t{place} << 32) | word;
    }

    std::unordered_map<std::string, std::uint32_t> words_;
    std::unordered_map<std::uint64_t, std::uint32_t> steps_;
    std::vector<Place> places_{1};  // The first is where each phrase begins.
};

}  // namespace kinora::accounts
