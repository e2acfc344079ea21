// Handles are pointers to at::Tensor and at::Generator objects on the heap.
#pragma once

#include "dsl_torch.h"

#include <ATen/ATen.h>
#include <ATen/core/Generator.h>
#include <ATen/core/dispatch/Dispatcher.h>

#include <vector>

namespace dsl {

inline at::Tensor& unwrap(dsl_tensor handle) {
    return *reinterpret_cast<at::Tensor*>(handle);
}

inline at::Generator& unwrap(dsl_generator handle) {
    return *reinterpret_cast<at::Generator*>(handle);
}

// A handle that owns the tensor; null for an undefined one.
inline dsl_tensor wrap(at::Tensor tensor) {
    return tensor.defined() ? reinterpret_cast<dsl_tensor>(new at::Tensor(std::move(tensor))) : nullptr;
}

inline dsl_generator wrap(at::Generator generator) {
    return reinterpret_cast<dsl_generator>(new at::Generator(std::move(generator)));
}

// Tensors of an array of handles; a null handle, or every one where the array is null, is an undefined tensor.
inline std::vector<at::Tensor> unwrap_all(const dsl_tensor* handles, int32_t count) {
    std::vector<at::Tensor> tensors(count);
    for (int32_t i = 0; handles && i < count; ++i) {
        if (handles[i]) {
            tensors[i] = unwrap(handles[i]);
        }
    }
    return tensors;
}

inline at::Device device_of(int32_t type, int32_t index) {
    return at::Device(static_cast<at::DeviceType>(type), static_cast<c10::DeviceIndex>(index));
}

// The `optional` that this libtorch uses: c10's own up to 2.1, std's after that.
template <class Specialisation>
struct rebind_optional;
template <template <class> class Template, class Element>
struct rebind_optional<Template<Element>> {
    template <class Other>
    using to = Template<Other>;
};
using found_operator = decltype(std::declval<c10::Dispatcher&>().findSchema(std::declval<const c10::OperatorName&>()));
template <class Element>
using optional = typename rebind_optional<found_operator>::template to<Element>;

}  // namespace dsl
