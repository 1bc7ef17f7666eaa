// frames/kernels/walls.cpp: upright walls in perspective, one distance for each column.
#include "engines/storyboard/frames/kernels/lanes.hpp"

namespace kinora::engines::storyboard::KINORA_ISA {

void walls(const WallArgs& a, const Band& band) {
    const float inverse_f = 1.0F / a.view.focal;
    const float *fr = a.fog, *fg = fr + a.fog_stride, *fb = fg + a.fog_stride;
    for (int x = 0; x < band.width; ++x) {
        const int kind = a.kind[x];
        if (kind == 255) continue;
        const float z = a.z[x], top = a.height[x], base = a.base[x];
        // Level of the texture by distance: texels of its height for each pixel.
        const Texels* chain = a.textures[kind];
        const float step_v = z * inverse_f / a.texture_height * float(chain[0].height);
        const int level = lowest(int(log2f(highest(step_v * 1.2F, 1.0F)) + 0.3F), a.levels - 1);
        const Texels& t = chain[level];
        const float u = (a.u[x] - floorf(a.u[x])) * float(t.width);
        const int u0 = int(u) & (t.width - 1), u1 = (u0 + 1) & (t.width - 1);
        const std::uint32_t fu = std::uint32_t((u - float(int(u))) * 256.0F);
        const float fog = 1.0F - expf(-z * a.fog_density);
        const Color light = a.light[kind & 3];
        const float v_unit = float(t.height) / a.texture_height;
        for (int y = band.y0; y < band.y1; ++y) {
            const float h = a.view.y + (a.view.horizon_y - float(y) - 0.5F) * z * inverse_f;
            // The upper edge is softened over one pixel.
            const float cover = clamp((top - h) / (z * inverse_f) + 0.5F, 0.0F, 1.0F);
            if (cover <= 0.0F || h < base) continue;
            const float v =
                clamp(float(t.height) - h * v_unit - 0.5F, 0.0F, float(t.height) - 1.01F);
            const int vi = int(v);
            const std::uint32_t fv = std::uint32_t((v - float(vi)) * 256.0F);
            const std::uint32_t* row = t.data + vi * t.width;
            const std::uint32_t c =
                blend4(row[u0], row[u1], row[t.width + u0], row[t.width + u1], fu, fv);
            const float glow =
                float(int(c >> 24)) * (1.0F / 255.0F);  // Lit windows keep their light.
            const float k = kTexelScale;
            const std::ptrdiff_t i = (y - band.y0) * band.stride + x;
            const float cr = float(int(c & 255)) * k * mix(1.25F, light.r, glow);
            const float cg = float(int(c >> 8 & 255)) * k * mix(1.25F, light.g, glow);
            const float cb = float(int(c >> 16 & 255)) * k * mix(1.25F, light.b, glow);
            band.r[i] = mix(band.r[i], mix(cr, fr[x], fog), cover);
            band.g[i] = mix(band.g[i], mix(cg, fg[x], fog), cover);
            band.b[i] = mix(band.b[i], mix(cb, fb[x], fog), cover);
        }
    }
}

}  // namespace kinora::engines::storyboard::KINORA_ISA
