// tests/fuzz/driver.cpp: feeds a fuzz target with damaged samples, and keeps the input that breaks
// it.
//
//     kinora_fuzz_<noun> FOLDER [SECONDS [SEED]]    damages the folder's files for so long
//     kinora_fuzz_<noun> FILE                       runs one input, as after a find
//
// The targets have libFuzzer's entry point, which looks for new branches where this one only
// damages at random; in turn this needs no clang, runs in the tree of all other tests and repeats
// by its seed.
#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
// Of the sanitizers' run-time library; a tree without one has no such symbol.
extern "C" __attribute__((weak)) void __sanitizer_set_death_callback(void (*callback)());

namespace {

std::string current;  // The input that is being tried.
std::string keep_as;  // Where it goes should it break the target.

void keep_current() {
    std::FILE* file = std::fopen(keep_as.c_str(), "wb");
    if (file == nullptr) return;
    std::fwrite(current.data(), 1, current.size(), file);
    std::fclose(file);
    std::fprintf(stderr, "the input is in %s; give that to this program to see it again\n",
                 keep_as.c_str());
}

void on_abort(int) {
    keep_current();
    std::signal(SIGABRT, SIG_DFL);
    std::abort();
}

void try_one(std::string input) {
    current = std::move(input);
    // A copy of its own, so that a read past its end is seen.
    const std::vector<std::uint8_t> exact(current.begin(), current.end());
    LLVMFuzzerTestOneInput(exact.data(), exact.size());
}

std::string read_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

class Damage {
public:
    Damage(std::vector<std::string> samples, std::uint64_t seed)
        : samples_(std::move(samples)), random_(seed) {}

    std::string next() {
        std::string text = samples_[below(samples_.size())];
        for (std::size_t blows = 1 + below(4); blows > 0; --blows) strike(text);
        return text;
    }

private:
    static constexpr std::size_t kSizeMax = 64 * 1024;

    // From 0 to n - 1; 0 where n is 0.
    std::size_t below(std::size_t n) { return n == 0 ? 0 : random_() % n; }

    void strike(std::string& text) {
        const std::size_t at = below(text.size() + 1);
        const std::size_t length = std::min(1 + below(8), text.size() - at);
        switch (below(6)) {
            case 0:
                text.erase(at, length);
                break;
            case 1:
                text.insert(at, 1, static_cast<char>(below(256)));
                break;
            case 2:
                if (at < text.size()) text[at] = static_cast<char>(text[at] ^ (1 << below(8)));
                break;
            case 3:
                text.insert(at, text.substr(below(text.size() + 1), below(64)));
                break;
            case 4: {
                const auto& other = samples_[below(samples_.size())];
                text = text.substr(0, at) + other.substr(below(other.size() + 1));
                break;
            }
            default: {
                // Long runs find what counts and nests.
                const auto piece = text.substr(at, length);
                for (std::size_t i = below(300); i > 0; --i) text.insert(at, piece);
            }
        }
        if (text.size() > kSizeMax) text.resize(kSizeMax);
    }

    std::vector<std::string> samples_;
    std::mt19937_64 random_;
};

int run(const std::filesystem::path& folder, double seconds, std::uint64_t seed) {
    std::vector<std::string> samples;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        samples.push_back(read_file(entry.path()));
    }
    std::sort(samples.begin(), samples.end());  // The same seed is the same run on any disk.
    if (samples.empty()) return std::fprintf(stderr, "no samples in %s\n", folder.c_str()), 1;
    for (const auto& sample : samples) try_one(sample);
    Damage damage(std::move(samples), seed);
    const auto end = std::chrono::steady_clock::now() + std::chrono::duration<double>(seconds);
    std::size_t count = 0;
    for (; std::chrono::steady_clock::now() < end; ++count) try_one(damage.next());
    std::printf("%zu inputs, seed %llu\n", count, static_cast<unsigned long long>(seed));
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) return std::fprintf(stderr, "usage: FOLDER [SECONDS [SEED]], or FILE\n"), 2;
    keep_as = std::filesystem::path(argv[0]).filename().string() + ".input";
    if (__sanitizer_set_death_callback != nullptr) __sanitizer_set_death_callback(keep_current);
    std::signal(SIGABRT, on_abort);
    if (!std::filesystem::is_directory(argv[1])) {
        try_one(read_file(argv[1]));
        return 0;
    }
    const double seconds = argc > 2 ? std::atof(argv[2]) : 60;
    const auto seed = argc > 3 ? std::strtoull(argv[3], nullptr, 10) : std::random_device{}();
    return run(argv[1], seconds, seed);
}
