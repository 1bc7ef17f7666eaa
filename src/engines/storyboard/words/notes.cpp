#include "engines/storyboard/words/notes.hpp"

#include "engines/storyboard/scene/json.hpp"
#include "engines/storyboard/words/stage.hpp"

#include <algorithm>

namespace kinora::engines::storyboard {

namespace {

constexpr std::size_t kMaxNamed = 8;

// The words of all drafts, each once.
class Words {
public:
    void add(const std::string& word) {
        if (std::ranges::find(all_, word) == all_.end()) all_.push_back(word);
    }
    const std::vector<std::string>& all() const { return all_; }
    bool empty() const { return all_.empty(); }

    // “cat”, “dog” and 3 more
    std::string list() const {
        std::string text;
        for (std::size_t i = 0; i < std::min(all_.size(), kMaxNamed); ++i)
            text += (i > 0 ? ", " : "") + quoted(all_[i]);
        if (all_.size() > kMaxNamed)
            text += " and " + std::to_string(all_.size() - kMaxNamed) + " more";
        return text;
    }
    // At most about 40 bytes of it.
    static std::string quoted(const std::string& word) {
        std::size_t end = std::min<std::size_t>(word.size(), 40);
        while (end < word.size() && end > 0 && (word[end] & 0xC0) == 0x80) --end;
        return "\u201c" + word.substr(0, end) + (end < word.size() ? "\u2026" : "") + "\u201d";
    }

private:
    std::vector<std::string> all_;
};

Words words_of(const std::vector<Draft>& drafts, std::vector<std::string> Draft::*member) {
    Words words;
    for (const auto& draft : drafts) {
        for (const auto& word : draft.*member) words.add(word);
    }
    return words;
}

// "a city street", "the moon".
std::string as_place(Setting setting) {
    std::string name(name_of(setting));
    std::ranges::replace(name, '_', ' ');
    switch (setting) {
        case Setting::moon:
        case Setting::sea:
        case Setting::sky:
            return "the " + name;
        case Setting::space:
        case Setting::underwater:
        case Setting::mountains:
        case Setting::ruins:
            return name;
        default:
            return (std::string_view("aeiou").find(name[0]) == std::string_view::npos ? "a "
                                                                                      : "an ") +
                   name;
    }
}

void note_unknown(Scene& scene, const Words& unknown) {
    const auto& all = unknown.all();
    for (std::size_t i = 0; i < std::min(all.size(), kMaxNamed); ++i) {
        scene.notes.push_back(Words::quoted(all[i]) +
                              " is not among the things this engine can draw; it was left out.");
    }
    if (all.size() > kMaxNamed) {
        scene.notes.push_back(std::to_string(all.size() - kMaxNamed) +
                              " more words are not among them either.");
    }
}

// Places for which another stands in, and those for which nothing does.
void note_places(Scene& scene, const std::vector<Draft>& drafts) {
    Words told;
    for (std::size_t i = 0; i < drafts.size(); ++i) {
        for (const auto& place : drafts[i].places) {
            if (!place.near || place.weight < 2 || place.mention >= 0) continue;
            if (place.setting == scene.shots[i].setting)
                told.add(Words::quoted(place.word) + " is shown as " + as_place(place.setting) +
                         ".");
            else
                told.add(Words::quoted(place.word) + " is not shown beside the other places.");
        }
    }
    const auto count = std::min<std::size_t>(told.all().size(), 4);
    scene.notes.insert(scene.notes.end(), told.all().begin(),
                       told.all().begin() + static_cast<std::ptrdiff_t>(count));
}

void note_counts(Scene& scene, const std::vector<Draft>& drafts) {
    Words too_many, rounded;
    for (const auto& draft : drafts) {
        for (const auto& mention : draft.mentions) {
            if (mention.count > kCountMax)
                too_many.add(mention.word);
            else if (mention.rounded)
                rounded.add(mention.word);
        }
    }
    if (!too_many.empty()) {
        scene.notes.push_back("At most " + std::to_string(kCountMax) +
                              " of a kind are drawn: " + too_many.list() + ".");
    }
    if (!rounded.empty())
        scene.notes.push_back("Only whole ones are drawn: " + rounded.list() + ".");
}

// "dancing in the rain": nobody is named who could be seen.
void note_nobody(Scene& scene, const std::vector<Draft>& drafts) {
    for (std::size_t i = 0; i < drafts.size(); ++i) {
        if (drafts[i].loose_word.empty() || !scene.shots[i].subjects.empty()) continue;
        scene.notes.push_back("Nobody is named who is " + Words::quoted(drafts[i].loose_word) +
                              "; name somebody to see it.");
        return;
    }
}

}  // namespace

void add_notes(Scene& scene, const std::vector<Draft>& drafts, std::size_t left_out) {
    note_unknown(scene, words_of(drafts, &Draft::unknown));
    const auto crowded = words_of(drafts, &Draft::crowded_out);
    if (!crowded.empty()) {
        scene.notes.push_back(
            "A shot has room for twelve kinds of things; left out: " + crowded.list() + ".");
    }
    const auto clothes = words_of(drafts, &Draft::unseen_clothes);
    if (!clothes.empty())
        scene.notes.push_back("Not drawn on who wears it: " + clothes.list() + ".");
    const auto absent = words_of(drafts, &Draft::absent);
    if (!absent.empty())
        scene.notes.push_back("Not in the clip, and so not seen to leave it: " + absent.list() +
                              ".");
    const auto together = words_of(drafts, &Draft::together);
    if (!together.empty())
        scene.notes.push_back(
            "Several of a kind act together; one was not told apart: " + together.list() + ".");
    const auto left = words_of(drafts, &Draft::left);
    if (!left.empty()) scene.notes.push_back("Not shown from outside: " + left.list() + ".");
    note_places(scene, drafts);
    note_counts(scene, drafts);
    note_nobody(scene, drafts);
    if (left_out > 0) {
        scene.notes.push_back(
            "Only the first three steps are shown; what comes after them was left out.");
    }
}

}  // namespace kinora::engines::storyboard
