// frames/kernels.cpp: which column of the table this processor can run.
#include "engines/storyboard/frames/kernels/kernels.hpp"

namespace kinora::engines::storyboard {

namespace baseline {
extern const Kernels table;
}
#ifdef KINORA_HAVE_AVX2
namespace avx2 {
extern const Kernels table;
}
#endif

const Kernels& baseline_kernels() {
    return baseline::table;
}

const Kernels& kernels() {
#ifdef KINORA_HAVE_AVX2
    static const bool wide = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    if (wide) return avx2::table;
#endif
    return baseline::table;
}

}  // namespace kinora::engines::storyboard
