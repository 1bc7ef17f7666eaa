// outbound/fetcher.hpp: files that strangers name by URL, brought here or refused.
//
// Who calls has a field of a request in hand and puts its name before the message; the messages
// here begin with a host or "The", and never hold a path, a query or a password.
#pragma once

#include "outbound/address_rules.hpp"
#include "outbound/limits.hpp"
#include "outbound/patience.hpp"
#include "outbound/resolver.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace kinora::outbound {

// What is known of a file that was fetched; it has at least one byte.
struct FetchedFile {
    std::string url;           // The last one, after redirects. May hold secrets of the caller.
    std::string content_type;  // As it was sent; empty where none was.
    std::uint64_t size_bytes = 0;
};

struct FetchedBytes {
    FetchedFile file;
    std::vector<std::uint8_t> bytes;
};

class Fetcher {
public:
    // `resolver` outlives this. Safe from any thread, as each call is on its own.
    Fetcher(AddressRules rules, Resolver& resolver)
        : rules_(std::move(rules)), resolver_(resolver) {}

    // Blocks: for a thread of a pool. Fails with `bad_request` and what to change, `cancelled` on a
    // stop, `unavailable` where the disk is full.
    Result<FetchedBytes> fetch(std::string_view url, const Limits& limits,
                               const Patience& patience) const;
    // The file is there where it succeeds, and only there.
    Result<FetchedFile> fetch_to_file(std::string_view url, const std::filesystem::path& path,
                                      const Limits& limits, const Patience& patience) const;

private:
    AddressRules rules_;
    Resolver& resolver_;
};

}  // namespace kinora::outbound
