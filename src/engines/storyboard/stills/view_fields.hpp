// stills/view_fields.hpp: one frame as the kernels want it: where each node looks in two pictures.
#pragma once

#include "engines/storyboard/stills/kernels/stills_kernels.hpp"
#include "engines/storyboard/stills/mesh.hpp"

namespace kinora::engines::storyboard {

struct ViewFields {
    Mesh mesh;
    Field from_x, from_y;  // In pixels.
    Field to_x, to_y;
    Field share;  // Of the second picture; empty: only the first is seen.
    Field light;  // May be empty.

    void resize(const Mesh& m, bool two) {
        mesh = m;
        from_x.resize(m.size()), from_y.resize(m.size());
        if (two) to_x.resize(m.size()), to_y.resize(m.size()), share.resize(m.size());
    }
    WarpArgs args(const WarpSource& from, const WarpSource& to) const {
        WarpArgs a{};
        a.from = from, a.to = to, a.shift = mesh.shift, a.columns = mesh.columns;
        a.from_x = from_x.data(), a.from_y = from_y.data();
        a.to_x = to_x.data(), a.to_y = to_y.data();
        a.share = share.empty() ? nullptr : share.data();
        a.light = light.empty() ? nullptr : light.data();
        return a;
    }
};

// Values around 0..1 that vary slowly over the mesh, in lumps about `size` of its width.
Field lumps(const Mesh& mesh, float size, std::uint32_t seed);

}  // namespace kinora::engines::storyboard
