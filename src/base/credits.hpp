// base/credits.hpp: what things cost, without a fraction being lost.
#pragma once

#include <compare>
#include <cstdint>

namespace kinora {

// Millionths of a credit, so that sums are exact. Amounts of balances and prices are never
// negative.
struct Credits {
    std::int64_t micros = 0;

    static constexpr Credits whole(std::int64_t credits) { return {credits * 1'000'000}; }
    constexpr bool is_zero() const { return micros == 0; }

    friend constexpr auto operator<=>(Credits, Credits) = default;
    friend constexpr Credits operator+(Credits a, Credits b) { return {a.micros + b.micros}; }
    friend constexpr Credits operator-(Credits a, Credits b) { return {a.micros - b.micros}; }
};

// The largest amount that anybody can name. A double holds every millionth up to it exactly.
inline constexpr Credits kCreditsMax = Credits::whole(1'000'000'000);

}  // namespace kinora
