#include "accounts/phrases.hpp"

#include "base/ensure.hpp"

#include <limits>

namespace kinora::accounts {
namespace {

constexpr auto kUnknown = std::numeric_limits<std::uint32_t>::max();

}  // namespace

void Phrases::add(std::span<const std::string> words, std::size_t number) {
    ensure(!words.empty() && words.size() <= kWordsMax, "a phrase has from 1 to 64 words");
    std::uint32_t place = 0;
    for (const auto& word : words) {
        const auto new_word = static_cast<std::uint32_t>(words_.size());
        const auto id = words_.try_emplace(word, new_word).first->second;
        const auto new_place = static_cast<std::uint32_t>(places_.size());
        const auto [found, is_new] = steps_.try_emplace(step(place, id), new_place);
        if (is_new) places_.emplace_back();
        place = found->second;
    }
    if (!places_[place].ends) places_[place].ends = number;
}

std::optional<std::size_t> Phrases::find(std::span<const std::string> words) const {
    std::vector<std::uint32_t> ids;
    ids.reserve(words.size());
    for (const auto& word : words) {
        const auto known = words_.find(word);
        ids.push_back(known == words_.end() ? kUnknown : known->second);
    }
    for (std::size_t first = 0; first < ids.size(); ++first) {
        std::uint32_t place = 0;
        for (auto at = first; at < ids.size() && ids[at] != kUnknown; ++at) {
            const auto next = steps_.find(step(place, ids[at]));
            if (next == steps_.end()) break;
            place = next->second;
            if (places_[place].ends) return places_[place].ends;
        }
    }
    return std::nullopt;
}

}  // namespace kinora::accounts
