// stills/kernels/table.cpp: this instruction set's column of the table.
#include "engines/storyboard/stills/kernels/stills_kernels.hpp"

#define KINORA_TEXT2(x) #x
#define KINORA_TEXT(x) KINORA_TEXT2(x)

namespace kinora::engines::storyboard::KINORA_ISA {

void warp(const WarpArgs&, const Band&);
void develop(const DevelopArgs&, int, int);

extern const StillsKernels stills_table;
const StillsKernels stills_table = {KINORA_TEXT(KINORA_ISA), warp, develop};

}  // namespace kinora::engines::storyboard::KINORA_ISA
