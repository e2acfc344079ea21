// A tensor's lifetime, its metadata, and the way in and out of plain memory.
#include "error.h"
#include "handles.h"

#include <cstring>

using dsl::guarded;
using dsl::guarded_or;
using dsl::unwrap;
using dsl::wrap;

void dsl_tensor_free(dsl_tensor tensor) {
    delete &unwrap(tensor);
}

int32_t dsl_tensor_alias(dsl_tensor tensor, dsl_tensor* result) {
    return guarded([&] { *result = wrap(unwrap(tensor)); });
}

int32_t dsl_tensor_from_memory(
    const void* data, const int64_t* sizes, int32_t dimensions, int32_t scalar_type, int32_t device_type,
    int32_t device_index, dsl_tensor* result) {
    return guarded([&] {
        auto device = dsl::device_of(device_type, device_index);
        auto tensor = at::empty(at::IntArrayRef(sizes, dimensions), at::dtype(static_cast<at::ScalarType>(scalar_type)));
        if (tensor.nbytes() > 0) {
            std::memcpy(tensor.data_ptr(), data, tensor.nbytes());
        }
        *result = wrap(device.is_cpu() ? tensor : tensor.to(device));
    });
}

int32_t dsl_tensor_copy_to_memory(dsl_tensor tensor, void* destination, int64_t bytes) {
    return guarded([&] {
        auto source = unwrap(tensor).detach().to(at::kCPU).contiguous();
        TORCH_CHECK(
            static_cast<int64_t>(source.nbytes()) == bytes, "the tensor has ", source.nbytes(), " bytes, the destination ", bytes);
        if (bytes > 0) {
            std::memcpy(destination, source.data_ptr(), bytes);
        }
    });
}

int32_t dsl_tensor_scalar_type(dsl_tensor tensor) {
    return static_cast<int32_t>(unwrap(tensor).scalar_type());
}

int32_t dsl_tensor_device_type(dsl_tensor tensor) {
    return guarded_or(-1, [&] { return static_cast<int32_t>(unwrap(tensor).device().type()); });
}

int32_t dsl_tensor_device_index(dsl_tensor tensor) {
    return guarded_or(-1, [&] { return static_cast<int32_t>(unwrap(tensor).device().index()); });
}

int32_t dsl_tensor_layout(dsl_tensor tensor) {
    return guarded_or(-1, [&] { return static_cast<int32_t>(unwrap(tensor).layout()); });
}

int32_t dsl_tensor_dim(dsl_tensor tensor) {
    return guarded_or(-1, [&] { return static_cast<int32_t>(unwrap(tensor).dim()); });
}

int64_t dsl_tensor_numel(dsl_tensor tensor) {
    return guarded_or<int64_t>(-1, [&] { return unwrap(tensor).numel(); });
}

int32_t dsl_tensor_element_size(dsl_tensor tensor) {
    return guarded_or(-1, [&] { return static_cast<int32_t>(unwrap(tensor).element_size()); });
}

int64_t dsl_tensor_storage_offset(dsl_tensor tensor) {
    return guarded_or<int64_t>(-1, [&] { return unwrap(tensor).storage_offset(); });
}

const int64_t* dsl_tensor_sizes(dsl_tensor tensor) {
    return guarded_or<const int64_t*>(nullptr, [&] { return unwrap(tensor).sizes().data(); });
}

const int64_t* dsl_tensor_strides(dsl_tensor tensor) {
    return guarded_or<const int64_t*>(nullptr, [&] { return unwrap(tensor).strides().data(); });
}

void* dsl_tensor_data(dsl_tensor tensor) {
    return guarded_or<void*>(nullptr, [&] { return unwrap(tensor).data_ptr(); });
}

int32_t dsl_tensor_is_contiguous(dsl_tensor tensor, int32_t memory_format) {
    return guarded_or(
        -1, [&] { return unwrap(tensor).is_contiguous(static_cast<at::MemoryFormat>(memory_format)) ? 1 : 0; });
}

int32_t dsl_tensor_requires_grad(dsl_tensor tensor) {
    return guarded_or(-1, [&] { return unwrap(tensor).requires_grad() ? 1 : 0; });
}

int32_t dsl_tensor_is_leaf(dsl_tensor tensor) {
    return guarded_or(-1, [&] { return unwrap(tensor).is_leaf() ? 1 : 0; });
}

int32_t dsl_tensor_set_requires_grad(dsl_tensor tensor, int32_t value) {
    return guarded([&] {
        TORCH_CHECK(
            value || unwrap(tensor).is_leaf(),
            "you can only change requires_grad flags of leaf variables. If you want to use a computed variable in a subgraph "
            "that doesn't require differentiation use detach().");
        unwrap(tensor).set_requires_grad(value != 0);
    });
}

int32_t dsl_tensor_grad(dsl_tensor tensor, dsl_tensor* result) {
    return guarded([&] { *result = wrap(unwrap(tensor).grad()); });
}

int32_t dsl_tensor_set_grad(dsl_tensor tensor, dsl_tensor gradient) {
    return guarded([&] {
        auto& owner = unwrap(tensor);
        if (!gradient) {
            owner.mutable_grad().reset();
            return;
        }
        // libtorch's setter checks nothing, and a gradient of another shape or type corrupts the next accumulation.
        auto& given = unwrap(gradient);
        TORCH_CHECK(given.sizes() == owner.sizes(), "a gradient of shape ", given.sizes(), " does not fit a tensor of shape ", owner.sizes());
        TORCH_CHECK(given.scalar_type() == owner.scalar_type(), "a gradient of ", given.dtype(), " does not fit a tensor of ", owner.dtype());
        TORCH_CHECK(given.device() == owner.device(), "a gradient on ", given.device(), " does not fit a tensor on ", owner.device());
        owner.mutable_grad() = given;
    });
}
