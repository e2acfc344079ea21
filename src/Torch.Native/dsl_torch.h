// The C ABI of the shim: everything that C# calls. Functions that can fail return a status, 0 for success; the text of the
// last failure on this thread is in dsl_last_error(). No exception crosses this boundary.
#pragma once

#include <cstdint>

#define DSL_API extern "C" __attribute__((visibility("default")))

typedef struct at_tensor* dsl_tensor;          // at::Tensor* on the heap: the pointer that TorchSharp's Tensor.Handle is
typedef struct at_generator* dsl_generator;    // at::Generator* on the heap
typedef const struct dsl_operator_t* dsl_operator;

enum dsl_tag : int32_t {
    DSL_DEFAULT,  // not given: the schema's default
    DSL_NONE,
    DSL_TENSOR,
    DSL_INT,
    DSL_DOUBLE,
    DSL_BOOL,
    DSL_INT_LIST,
    DSL_DOUBLE_LIST,
    DSL_BOOL_LIST,
    DSL_TENSOR_LIST,
    DSL_OPTIONAL_TENSOR_LIST,
    DSL_NUMBER_LIST,  // an array of dsl_value
    DSL_SCALAR_TYPE,
    DSL_LAYOUT,
    DSL_MEMORY_FORMAT,
    DSL_DEVICE,  // payload: its type, length: its index
    DSL_GENERATOR,
    DSL_STRING,
};

// One argument or result. Lists given are borrowed; lists returned are freed with dsl_free, their tensors one by one.
typedef struct dsl_value {
    dsl_tag tag;
    int32_t length;
    union {
        int64_t integer;
        double number;
        void* pointer;
    };
} dsl_value;

// What dsl_no_autograd_enter changed on this thread.
typedef struct dsl_thread_state {
    uint64_t excluded;
    int64_t grad_mode;
} dsl_thread_state;

// ---- library
DSL_API const char* dsl_torch_version();
DSL_API const char* dsl_last_error();
DSL_API void dsl_free(void* memory);
DSL_API int32_t dsl_get_num_threads();
DSL_API int32_t dsl_set_num_threads(int32_t count);

// ---- operators
DSL_API int32_t dsl_operator_find(const char* name, const char* overload, dsl_operator* result);
DSL_API const char* dsl_operator_schema(dsl_operator operation);
DSL_API int32_t dsl_operator_list(char** text);  // one schema per line
// With result_count 0 the results are dropped; otherwise it must cover all of the schema's results.
DSL_API int32_t dsl_operator_call(
    dsl_operator operation, const dsl_value* arguments, int32_t argument_count, dsl_value* results, int32_t result_count);

// ---- tensors; getters of a pointer or a number that fail give null or -1
DSL_API void dsl_tensor_free(dsl_tensor tensor);
DSL_API int32_t dsl_tensor_alias(dsl_tensor tensor, dsl_tensor* result);  // another handle to the same tensor
DSL_API int32_t dsl_tensor_from_memory(
    const void* data, const int64_t* sizes, int32_t dimensions, int32_t scalar_type, int32_t device_type,
    int32_t device_index, dsl_tensor* result);
DSL_API int32_t dsl_tensor_copy_to_memory(dsl_tensor tensor, void* destination, int64_t bytes);
DSL_API int32_t dsl_tensor_scalar_type(dsl_tensor tensor);
DSL_API int32_t dsl_tensor_device_type(dsl_tensor tensor);
DSL_API int32_t dsl_tensor_device_index(dsl_tensor tensor);
DSL_API int32_t dsl_tensor_layout(dsl_tensor tensor);
DSL_API int32_t dsl_tensor_dim(dsl_tensor tensor);
DSL_API int64_t dsl_tensor_numel(dsl_tensor tensor);
DSL_API int32_t dsl_tensor_element_size(dsl_tensor tensor);
DSL_API int64_t dsl_tensor_storage_offset(dsl_tensor tensor);
DSL_API const int64_t* dsl_tensor_sizes(dsl_tensor tensor);
DSL_API const int64_t* dsl_tensor_strides(dsl_tensor tensor);
DSL_API void* dsl_tensor_data(dsl_tensor tensor);
DSL_API int32_t dsl_tensor_is_contiguous(dsl_tensor tensor, int32_t memory_format);
DSL_API int32_t dsl_tensor_requires_grad(dsl_tensor tensor);
DSL_API int32_t dsl_tensor_is_leaf(dsl_tensor tensor);
DSL_API int32_t dsl_tensor_set_requires_grad(dsl_tensor tensor, int32_t value);
DSL_API int32_t dsl_tensor_grad(dsl_tensor tensor, dsl_tensor* result);  // null where there is none
DSL_API int32_t dsl_tensor_set_grad(dsl_tensor tensor, dsl_tensor gradient);

// ---- autograd
DSL_API int32_t dsl_grad_mode();
DSL_API void dsl_set_grad_mode(int32_t enabled);
DSL_API void dsl_no_autograd_enter(dsl_thread_state* previous);
DSL_API void dsl_no_autograd_leave(const dsl_thread_state* previous);
DSL_API int32_t dsl_inference_mode_enter(int32_t enabled, void** guard);
DSL_API void dsl_inference_mode_leave(void* guard);
// gradients, inputs: null for none; a null gradient stands for ones. retain_graph: -1 as create_graph, 0, 1.
DSL_API int32_t dsl_autograd_backward(
    const dsl_tensor* tensors, const dsl_tensor* gradients, int32_t count, int32_t retain_graph, int32_t create_graph,
    const dsl_tensor* inputs, int32_t input_count);
DSL_API int32_t dsl_autograd_grad(
    const dsl_tensor* outputs, const dsl_tensor* gradients, int32_t count, const dsl_tensor* inputs, int32_t input_count,
    int32_t retain_graph, int32_t create_graph, int32_t allow_unused, dsl_tensor* results);

// ---- random numbers
DSL_API int32_t dsl_generator_new(int32_t device_type, int32_t device_index, uint64_t seed, dsl_generator* result);
DSL_API int32_t dsl_generator_default(int32_t device_type, int32_t device_index, dsl_generator* result);
DSL_API void dsl_generator_free(dsl_generator generator);
DSL_API int32_t dsl_generator_seed(dsl_generator generator, uint64_t seed);
DSL_API int32_t dsl_generator_initial_seed(dsl_generator generator, uint64_t* seed);
DSL_API int32_t dsl_generator_state(dsl_generator generator, dsl_tensor* result);
DSL_API int32_t dsl_generator_set_state(dsl_generator generator, dsl_tensor state);
DSL_API int32_t dsl_manual_seed(uint64_t seed);

// ---- devices
DSL_API int32_t dsl_cuda_is_available();
DSL_API int32_t dsl_cuda_cudnn_is_available();
DSL_API int32_t dsl_cuda_device_count();
DSL_API int32_t dsl_cuda_synchronize(int32_t device_index);
