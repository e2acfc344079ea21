// The library itself, its threads, and the GPU where there is one.
#include "error.h"
#include "handles.h"

#include <ATen/Parallel.h>
#include <torch/cuda.h>
#include <torch/version.h>

using dsl::guarded;
using dsl::guarded_or;

const char* dsl_torch_version() {
    return TORCH_VERSION;
}

int32_t dsl_get_num_threads() {
    return guarded_or(-1, [] { return static_cast<int32_t>(at::get_num_threads()); });
}

int32_t dsl_set_num_threads(int32_t count) {
    return guarded([&] { at::set_num_threads(count); });
}

int32_t dsl_cuda_is_available() {
    return guarded_or(0, [] { return torch::cuda::is_available() ? 1 : 0; });
}

int32_t dsl_cuda_cudnn_is_available() {
    return guarded_or(0, [] { return torch::cuda::cudnn_is_available() ? 1 : 0; });
}

int32_t dsl_cuda_device_count() {
    return guarded_or(0, [] { return static_cast<int32_t>(torch::cuda::device_count()); });
}

int32_t dsl_cuda_synchronize(int32_t device_index) {
    return guarded([&] { torch::cuda::synchronize(device_index); });
}
