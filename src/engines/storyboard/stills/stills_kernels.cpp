// stills/stills_kernels.cpp: which column of the table this processor can run.
#include "engines/storyboard/stills/kernels/stills_kernels.hpp"

namespace kinora::engines::storyboard {

namespace baseline {
extern const StillsKernels stills_table;
}
#ifdef KINORA_HAVE_AVX2
namespace avx2 {
extern const StillsKernels stills_table;
}
#endif

const StillsKernels& stills_baseline_kernels() {
    return baseline::stills_table;
}

const StillsKernels& stills_kernels() {
#ifdef KINORA_HAVE_AVX2
    static const bool wide = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    if (wide) return avx2::stills_table;
#endif
    return baseline::stills_table;
}

}  // namespace kinora::engines::storyboard
