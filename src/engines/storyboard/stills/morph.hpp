// stills/morph.hpp: moments between two pictures that match.
#pragma once

#include "engines/storyboard/stills/match.hpp"
#include "engines/storyboard/stills/view_fields.hpp"

namespace kinora::engines::storyboard {

class Morph {
public:
    // `match` is kept and must outlive this.
    Morph(const PictureMatch& match, std::uint32_t seed);

    const Mesh& mesh() const { return match_.there.mesh; }
    // What is seen at `time`: 0 the first picture, 1 the second.
    void at(float time, ViewFields& out, Team& team);

private:
    // What comes to lie at a node at the time, and how surely.
    struct Arrival {
        float x, y;   // The whole way of it, first to second or back.
        float doubt;  // kNobody where nothing came.
        float rank;   // The least so far: what is sure and in front.
    };
    static constexpr float kNobody = 8.0F;
    // What one picture sends on its way.
    struct Sender {
        const Flow& flow;
        const Field& trust;
        const Field& front;
    };
    void send(const Sender& from, float time, std::vector<Arrival>& to) const;
    void settle(int row, float time, ViewFields& out) const;
    // Which picture has something about a node where nothing fits: -1 the first, 1 the second, 0
    // both.
    int owner(int i, int j) const;

    const PictureMatch& match_;
    Field order_;  // When each node gives way where nothing matches, 0..1.
    std::vector<Arrival> first_, second_;
};

}  // namespace kinora::engines::storyboard
