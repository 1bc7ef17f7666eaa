// Reading the lexicon. The file is text in sections: a line "name<TAB>count" and that many lines.
//
//     things     asset, form, kind, height in metres, flags, habitat
//     meanings   key=value pairs joined by blanks
//     words      shared and text, parts of speech, match and thing, meanings, motion, form
//     foreign    language, word, "=English" or a thing
//     functions  language, word
//     emoji      emoji, "=English" or a thing
//
// In `words`, which are sorted by bytes, "shared" is one digit of base 36: how many bytes the word
// has in common with the one before it.
#include "engines/storyboard/words/lexicon.hpp"

#include "engines/storyboard/scene/json.hpp"
#include "engines/storyboard/words/columns.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <unordered_map>

namespace kinora::engines::storyboard {

namespace {

Thing read_thing(std::string_view line) {
    const auto parts = split(line, '\t');
    if (parts.size() != 6) throw Damaged{"not a thing: " + std::string(line)};
    const auto has = [flags = parts[4]](char c) { return flags.find(c) != std::string_view::npos; };
    Thing thing;
    thing.asset = parts[0];
    thing.form = value_of<Form>(parts[1], form_names());
    thing.kind = number<int>(parts[2]);
    thing.height_m = number<double>(parts[3]);
    if (parts[5] != "-") thing.habitat = value_of<Setting>(parts[5], setting_names());
    thing.flies = has('y');
    thing.floats = has('f');
    thing.swims = has('s');
    thing.alive = has('a');
    return thing;
}

Match match_of(char letter) {
    switch (letter) {
        case 'e':
            return Match::name;
        case 'a':
            return Match::alias;
        case 'h':
            return Match::head;
        case 'g':
            return Match::tag;
        case 's':
            return Match::shape;
        case 'y':
            return Match::ancestor;
        case 'z':
            return Match::cousin;
        case 'x':
            return Match::none;
        default:
            throw Damaged{"no such match"};
    }
}

// The lines of a file, section by section.
class Sections {
public:
    explicit Sections(std::string_view text) : text_(text) {}

    std::size_t begin(std::string_view name) {
        const auto parts = split(line(), '\t');
        if (parts.size() != 2 || parts[0] != name) throw Damaged{"no section " + std::string(name)};
        return number<std::size_t>(parts[1]);
    }
    std::string_view line() {
        const auto end = text_.find('\n');
        if (end == std::string_view::npos) throw Damaged{"it ends too early"};
        const auto found = text_.substr(0, end);
        text_.remove_prefix(end + 1);
        return found;
    }

private:
    std::string_view text_;
};

std::uint64_t checksum(std::string_view text) {
    std::uint64_t value = 0xcbf29ce484222325ULL;  // FNV-1a, as in assets/pack_format.hpp.
    for (const char c : text) value = (value ^ static_cast<std::uint8_t>(c)) * 0x100000001b3ULL;
    return value;
}

}  // namespace

std::optional<std::size_t> count_things(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::string header, section;
    if (!std::getline(in, header) || !header.starts_with("KINOWORDS\t1\t")) return std::nullopt;
    if (!std::getline(in, section)) return std::nullopt;
    try {
        return Sections(section += '\n').begin("things");
    } catch (const Damaged&) {
        return std::nullopt;
    }
}

struct Lexicon::Tables {
    // A word as it is kept; find() makes a Word of it.
    struct Record {
        std::uint32_t text = 0;
        std::uint16_t size = 0;
        std::int16_t thing = -1;
        std::uint32_t meanings = 0;
        std::uint8_t meaning_count = 0;
        Match match = Match::none;
        std::int8_t motion = -1;
        VerbForm form = VerbForm::none;
        bool undrawable = false, plural = false;
        std::uint8_t pos = 0;  // Bits of "nvar".
        char often = 0;
    };
    struct Value {
        std::string english;
        int thing = -1;
    };

    std::string arena;                 // All words, one after the other.
    std::vector<Record> records;       // In the order of their bytes.
    std::vector<std::uint16_t> lists;  // Indexes into `meanings`, by Record.
    std::vector<Meaning> meanings;
    std::vector<Thing> things;
    std::unordered_map<std::string, Value> foreign;  // "es\tperro"
    std::unordered_map<std::string, Value> emoji;
    std::multimap<std::string, std::string, std::less<>> functions;

    std::string_view text(const Record& record) const {
        return std::string_view(arena).substr(record.text, record.size);
    }
    const Record* lower(std::string_view word) const {
        const auto at = std::ranges::lower_bound(records, word, {},
                                                 [this](const Record& r) { return text(r); });
        return at == records.end() ? nullptr : &*at;
    }
    int thing_index(std::string_view digits) const {
        const auto index = number<int>(digits);
        if (index < 0 || static_cast<std::size_t>(index) >= things.size())
            throw Damaged{"no such thing"};
        return index;
    }
    Value value(std::string_view column) const {
        if (column.starts_with('=')) return {std::string(column.substr(1)), -1};
        return {{}, thing_index(column)};
    }
    Foreign foreign_of(const Value& value) const {
        return {value.english,
                value.thing < 0 ? nullptr : &things[static_cast<std::size_t>(value.thing)]};
    }

    void read_word(std::string_view line, std::string& last);
    void read(Sections sections);
};

void Lexicon::Tables::read_word(std::string_view line, std::string& last) {
    const auto columns = split(line, '\t');
    const auto column = [&columns](std::size_t at) {
        return at < columns.size() ? columns[at] : std::string_view{};
    };
    const auto shared = number<std::size_t>(columns[0].substr(0, 1), 36);
    if (shared > last.size()) throw Damaged{"a word shares too much"};
    std::string word = last.substr(0, shared);
    word += columns[0].substr(1);
    if (!records.empty() && word <= last) throw Damaged{"the words are not in order"};

    Record record;
    record.text = static_cast<std::uint32_t>(arena.size());
    record.size = static_cast<std::uint16_t>(word.size());
    arena += word;
    for (const char c : column(1)) {
        const auto lower = static_cast<char>(c | 0x20);
        if (lower == 'c') {
            record.undrawable = true;
            continue;
        }
        const auto bit = std::string_view("nvar").find(lower);
        if (bit == std::string_view::npos) throw Damaged{"no such part of speech"};
        record.pos = static_cast<std::uint8_t>(record.pos | (1U << bit));
        if (c != lower) record.often = lower;
    }
    if (!column(2).empty()) {
        record.match = match_of(column(2)[0]);
        if (column(2).size() > 1)
            record.thing = static_cast<std::int16_t>(thing_index(column(2).substr(1)));
        record.undrawable = record.thing < 0;
    }
    record.meanings = static_cast<std::uint32_t>(lists.size());
    if (!column(3).empty()) {
        for (const auto index : split(column(3), ',')) {
            lists.push_back(number<std::uint16_t>(index));
            if (lists.back() >= meanings.size()) throw Damaged{"no such meaning"};
        }
    }
    record.meaning_count = static_cast<std::uint8_t>(lists.size() - record.meanings);
    if (!column(4).empty()) {
        record.motion = column(4) == "none"
                            ? std::int8_t{-2}
                            : static_cast<std::int8_t>(value_of<Motion>(column(4), motion_names()));
    }
    if (column(5) == "p")
        record.plural = true;
    else if (!column(5).empty())
        record.form = static_cast<VerbForm>(1 + std::string_view("bsdg").find(column(5)));
    records.push_back(record);
    last = std::move(word);
}

void Lexicon::Tables::read(Sections sections) {
    for (auto left = sections.begin("things"); left > 0; --left)
        things.push_back(read_thing(sections.line()));
    for (auto left = sections.begin("meanings"); left > 0; --left) {
        meanings.push_back(read_meaning(sections.line()));
    }
    std::string last;
    for (auto left = sections.begin("words"); left > 0; --left) read_word(sections.line(), last);
    for (auto left = sections.begin("foreign"); left > 0; --left) {
        const auto parts = split(sections.line(), '\t');
        if (parts.size() != 3) throw Damaged{"not a foreign word"};
        foreign.emplace(std::string(parts[0]) + "\t" + std::string(parts[1]), value(parts[2]));
    }
    for (auto left = sections.begin("functions"); left > 0; --left) {
        const auto parts = split(sections.line(), '\t');
        if (parts.size() != 2) throw Damaged{"not a function word"};
        functions.emplace(parts[1], parts[0]);
    }
    for (auto left = sections.begin("emoji"); left > 0; --left) {
        const auto parts = split(sections.line(), '\t');
        if (parts.size() != 2) throw Damaged{"not an emoji"};
        emoji.emplace(parts[0], value(parts[1]));
    }
}

Lexicon::Lexicon(std::unique_ptr<Tables> tables) : tables_(std::move(tables)) {}
Lexicon::Lexicon(Lexicon&&) noexcept = default;
Lexicon& Lexicon::operator=(Lexicon&&) noexcept = default;
Lexicon::~Lexicon() = default;

Result<Lexicon> Lexicon::open(const std::filesystem::path& path) {
    const auto failed = [&path](const std::string& why) {
        return Error(ErrorCode::api_error, "The lexicon cannot be read.",
                     path.string() + ": " + why);
    };
    std::ifstream in(path, std::ios::binary);
    if (!in) return failed("it cannot be opened");
    const std::string bytes(std::istreambuf_iterator<char>(in), {});
    try {
        const auto end = bytes.find('\n');
        const auto header = split(std::string_view(bytes).substr(0, end), '\t');
        if (end == std::string::npos || header.size() != 4 || header[0] != "KINOWORDS")
            return failed("not a lexicon");
        if (header[1] != "1") return failed("of another version");
        const auto body = std::string_view(bytes).substr(end + 1);
        if (number<std::size_t>(header[2]) != body.size() ||
            number<std::uint64_t>(header[3], 16) != checksum(body)) {
            return failed("cut short or damaged");
        }
        auto tables = std::make_unique<Tables>();
        tables->read(Sections(body));
        return Lexicon(std::move(tables));
    } catch (const Damaged& damaged) {
        return failed(damaged.why);
    }
}

std::optional<Word> Lexicon::find(std::string_view text) const {
    const auto* record = tables_->lower(text);
    if (record == nullptr || tables_->text(*record) != text) return std::nullopt;
    Word word;
    if (record->thing >= 0) word.thing = &tables_->things[static_cast<std::size_t>(record->thing)];
    word.match = record->match;
    word.undrawable = record->undrawable;
    word.plural = record->plural;
    if (record->motion >= 0) word.motion = static_cast<Motion>(record->motion);
    word.form = record->form;
    for (std::uint32_t i = 0; i < record->meaning_count; ++i) {
        word.meanings.push_back(&tables_->meanings[tables_->lists[record->meanings + i]]);
    }
    word.noun = (record->pos & 1) != 0;
    word.verb = (record->pos & 2) != 0 || record->form != VerbForm::none;
    word.adjective = (record->pos & 4) != 0;
    word.adverb = (record->pos & 8) != 0;
    word.often = record->often;
    return word;
}

bool Lexicon::begins_phrase(std::string_view word) const {
    const auto prefix = std::string(word) + ' ';
    const auto* record = tables_->lower(prefix);
    return record != nullptr && tables_->text(*record).starts_with(prefix);
}

std::optional<Lexicon::Foreign> Lexicon::find_foreign(std::string_view language,
                                                      std::string_view word) const {
    const auto at = tables_->foreign.find(std::string(language) + "\t" + std::string(word));
    if (at == tables_->foreign.end()) return std::nullopt;
    return tables_->foreign_of(at->second);
}

std::optional<Lexicon::Foreign> Lexicon::find_emoji(std::string_view emoji) const {
    const auto at = tables_->emoji.find(std::string(emoji));
    if (at == tables_->emoji.end()) return std::nullopt;
    return tables_->foreign_of(at->second);
}

std::vector<std::string_view> Lexicon::languages_of(std::string_view function_word) const {
    std::vector<std::string_view> languages;
    const auto [from, to] = tables_->functions.equal_range(function_word);
    for (auto at = from; at != to; ++at) languages.emplace_back(at->second);
    return languages;
}

std::span<const Thing> Lexicon::things() const {
    return tables_->things;
}

}  // namespace kinora::engines::storyboard
