// api/tools/embed_openapi.cpp: embed_openapi VERSION YAML JSON CPP
//
// Writes the document as JSON, with the program's version in it, for the tests and for other tools,
// and the same as a C++ source for the server.
#include "api/tools/yaml_json.hpp"

#include <boost/json.hpp>
#include <exception>
#include <fstream>
#include <iostream>
#include <iterator>
#include <stdexcept>

namespace {

std::string read(const char* path) {
    std::ifstream in(path, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(in), {}};
    if (!in) throw std::runtime_error("cannot be read");
    return text;
}

void write(const char* path, const std::string& text) {
    std::ofstream out(path, std::ios::binary);
    out << text << std::flush;
    if (!out) throw std::runtime_error(std::string("cannot write ") + path);
}

// As string literals of a line each: a compiler need not take one of 100 kB.
std::string source_of(const std::string& text) {
    constexpr std::size_t kLine = 4000;
    std::string source =
        "// Made from docs/api/openapi.yaml by the build.\n"
        "#include \"api/openapi_text.hpp\"\n\n"
        "namespace kinora::api {\n\n"
        "const std::string_view kOpenApiText =\n";
    for (std::size_t at = 0; at < text.size(); at += kLine) {
        source += "    \"";
        for (const char c : text.substr(at, kLine)) {
            if (c == '"' || c == '\\') source += '\\';
            source += c;
        }
        source += "\"\n";
    }
    return source + "    ;\n\n}  // namespace kinora::api\n";
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 5) {
        std::cerr << "usage: embed_openapi VERSION YAML JSON CPP\n";
        return 2;
    }
    try {
        auto document = kinora::api::json_of_yaml(read(argv[2]));
        document.as_object().at("info").as_object()["version"] = argv[1];
        const auto text = boost::json::serialize(document);
        write(argv[3], text);
        write(argv[4], source_of(text));
        return 0;
    } catch (const std::exception& problem) {
        std::cerr << argv[2] << ": " << problem.what() << '\n';
        return 1;
    }
}
