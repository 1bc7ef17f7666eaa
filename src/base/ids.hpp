// base/ids.hpp: names of things, each kind a type of its own.
//
// Every id is a UUID version 4 (RFC 9562). A TaskId cannot be passed as a UserId.
#pragma once

#include "base/random.hpp"

#include <array>
#include <compare>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace kinora {

class Uuid {
public:
    Uuid() = default;  // All zero: no thing has it.
    static Uuid make(Random& random);
    // Takes 36 characters in either case; anything else is no id.
    static std::optional<Uuid> parse(std::string_view text);

    std::string str() const;  // Lower case, with dashes.
    bool is_nil() const { return *this == Uuid{}; }
    const std::array<std::byte, 16>& bytes() const { return bytes_; }

    friend auto operator<=>(const Uuid&, const Uuid&) = default;

private:
    std::array<std::byte, 16> bytes_{};
};

template <class Tag>
class Id {
public:
    Id() = default;
    explicit Id(Uuid uuid) : uuid_(uuid) {}
    static Id make(Random& random) { return Id(Uuid::make(random)); }
    static std::optional<Id> parse(std::string_view text) {
        const auto uuid = Uuid::parse(text);
        if (!uuid) return std::nullopt;
        return Id(*uuid);
    }

    std::string str() const { return uuid_.str(); }
    bool is_nil() const { return uuid_.is_nil(); }
    const Uuid& uuid() const { return uuid_; }

    friend auto operator<=>(const Id&, const Id&) = default;

private:
    Uuid uuid_;
};

using TaskId = Id<struct TaskTag>;
using VideoId = Id<struct VideoTag>;
using UserId = Id<struct UserTag>;
using ApplicationId = Id<struct ApplicationTag>;
using CredentialId = Id<struct CredentialTag>;
using ServiceId = Id<struct ServiceTag>;
using TraceId = Id<struct TraceTag>;

}  // namespace kinora

template <>
struct std::hash<kinora::Uuid> {
    std::size_t operator()(const kinora::Uuid& uuid) const noexcept {
        std::size_t value = 0;  // The bytes are random already: some of them are a good hash.
        for (int i = 0; i < 8; ++i) {
            value = (value << 8) | std::to_integer<std::size_t>(uuid.bytes()[std::size_t(i)]);
        }
        return value;
    }
};
template <class Tag>
struct std::hash<kinora::Id<Tag>> {
    std::size_t operator()(const kinora::Id<Tag>& id) const noexcept {
        return std::hash<kinora::Uuid>{}(id.uuid());
    }
};
