// engines/storyboard/words/scene_tool.cpp: prints what a prompt becomes.
//
//     kinora-scene [--plain] [--brief] [--words FILE] PROMPT...     prompts from standard input
//     without PROMPT
//
// --plain leaves the director's additions out; --brief prints one line a prompt, as
// tests/golden/words has them. "A >> B" is a prompt B that continues the clip of A.
#include "engines/storyboard/scene/json.hpp"
#include "engines/storyboard/words/brief.hpp"
#include "engines/storyboard/words/compile.hpp"

#include <boost/json/serialize.hpp>

#include <cstdio>
#include <cstring>
#include <iostream>

int main(int argc, char** argv) {
    using namespace kinora::engines::storyboard;
    std::string words = "build/assets/storyboard.words";
    std::vector<std::string> prompts;
    bool brief = false;
    Prompt prompt;
    for (int i = 1; i < argc; ++i) {
        if (std::strcmp(argv[i], "--plain") == 0)
            prompt.enhancement = false;
        else if (std::strcmp(argv[i], "--brief") == 0)
            brief = true;
        else if (std::strcmp(argv[i], "--words") == 0 && i + 1 < argc)
            words = argv[++i];
        else
            prompts.emplace_back(argv[i]);
    }
    const auto lexicon = Lexicon::open(words);
    if (!lexicon) {
        std::fprintf(stderr, "kinora-scene: %s\n", lexicon.error().detail().c_str());
        return 1;
    }
    if (prompts.empty()) {
        for (std::string line; std::getline(std::cin, line);) prompts.push_back(line);
    }
    for (const auto& text : prompts) {
        std::vector<Prompt> parts;
        for (auto& part : split_parts(text)) {
            prompt.text = std::move(part);
            parts.push_back(prompt);
        }
        const auto scene = compile_all(parts, *lexicon).back();
        if (brief)
            std::printf("> %s\n%s\n", text.c_str(), to_brief(scene).c_str());
        else
            std::cout << boost::json::serialize(to_json(scene)) << '\n';
    }
    return 0;
}
