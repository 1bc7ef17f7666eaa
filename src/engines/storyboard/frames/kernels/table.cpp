// frames/kernels/table.cpp: this instruction set's column of the table.
#include "engines/storyboard/frames/kernels/lanes.hpp"

#define KINORA_TEXT2(x) #x
#define KINORA_TEXT(x) KINORA_TEXT2(x)

namespace kinora::engines::storyboard::KINORA_ISA {

void sky(const SkyArgs&, const Band&);
void ground(const GroundArgs&, const Band&);
void water_depth(const WaterArgs&, float*, int, int, int, int);
void water(const WaterArgs&, const Band&);
void quad(const QuadArgs&, const Band&);
void discs(const Disc*, int, const Band&);
void walls(const WallArgs&, const Band&);
void cel(const CelArgs&, int, int);
void resolve(const CelArgs&, std::uint32_t*, int, int);
void store(const StoreArgs&, const Band&);
void post(const PostArgs&, int, int);
void strokes(const StrokeArgs&, int, int);
void posterize(const InkArgs&, int, int);
void outline(const InkArgs&, int, int);
void pencil(const InkArgs&, int, int);
void mosaic(const InkArgs&, int, int);
void dissolve(std::uint16_t*, const std::uint16_t*, std::ptrdiff_t, std::uint32_t);

extern const Kernels table;
const Kernels table = {KINORA_TEXT(KINORA_ISA),
                       sky,
                       ground,
                       water_depth,
                       water,
                       quad,
                       discs,
                       walls,
                       cel,
                       resolve,
                       store,
                       post,
                       strokes,
                       posterize,
                       outline,
                       pencil,
                       mosaic,
                       dissolve};

}  // namespace kinora::engines::storyboard::KINORA_ISA
