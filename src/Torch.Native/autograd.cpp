// Gradient mode, running below autograd, backward and gradients.
#include "error.h"
#include "handles.h"

#include <c10/core/GradMode.h>
#include <c10/core/InferenceMode.h>
#include <c10/core/impl/LocalDispatchKeySet.h>
#include <torch/csrc/autograd/autograd.h>

using dsl::guarded;

namespace {

// What an operator dispatches through before its kernel: gradient recording, and the bookkeeping of views and versions.
constexpr auto autograd_keys = c10::autograd_dispatch_keyset_with_ADInplaceOrView;

void exclude(c10::DispatchKeySet excluded) {
    auto local = c10::impl::tls_local_dispatch_key_set();
    local.excluded_ = excluded;
    c10::impl::_force_tls_local_dispatch_key_set(local);
}

dsl::optional<bool> tristate(int32_t value) {
    return value < 0 ? dsl::optional<bool>() : dsl::optional<bool>(value != 0);
}

// backward() and grad() take either no gradients or one for each output.
std::vector<at::Tensor> gradients_of(const dsl_tensor* gradients, int32_t count) {
    return gradients ? dsl::unwrap_all(gradients, count) : std::vector<at::Tensor>();
}

}  // namespace

int32_t dsl_grad_mode() {
    return c10::GradMode::is_enabled() ? 1 : 0;
}

void dsl_set_grad_mode(int32_t enabled) {
    c10::GradMode::set_enabled(enabled != 0);
}

void dsl_no_autograd_enter(dsl_thread_state* previous) {
    auto excluded = c10::impl::tls_local_dispatch_key_set().excluded_;
    *previous = {(excluded & autograd_keys).raw_repr(), c10::GradMode::is_enabled()};
    exclude(excluded | autograd_keys);
    c10::GradMode::set_enabled(false);
}

void dsl_no_autograd_leave(const dsl_thread_state* previous) {
    // Only the autograd keys are put back: what others excluded meanwhile is theirs.
    auto others = c10::impl::tls_local_dispatch_key_set().excluded_ - autograd_keys;
    exclude(others | c10::DispatchKeySet(c10::DispatchKeySet::RAW, previous->excluded));
    c10::GradMode::set_enabled(previous->grad_mode != 0);
}

int32_t dsl_inference_mode_enter(int32_t enabled, void** guard) {
    return guarded([&] { *guard = new c10::InferenceMode(enabled != 0); });
}

void dsl_inference_mode_leave(void* guard) {
    delete static_cast<c10::InferenceMode*>(guard);
}

int32_t dsl_autograd_backward(
    const dsl_tensor* tensors, const dsl_tensor* gradients, int32_t count, int32_t retain_graph, int32_t create_graph,
    const dsl_tensor* inputs, int32_t input_count) {
    return guarded([&] {
        torch::autograd::backward(
            dsl::unwrap_all(tensors, count), gradients_of(gradients, count), tristate(retain_graph), create_graph != 0,
            dsl::unwrap_all(inputs, input_count));
    });
}

int32_t dsl_autograd_grad(
    const dsl_tensor* outputs, const dsl_tensor* gradients, int32_t count, const dsl_tensor* inputs, int32_t input_count,
    int32_t retain_graph, int32_t create_graph, int32_t allow_unused, dsl_tensor* results) {
    return guarded([&] {
        auto found = torch::autograd::grad(
            dsl::unwrap_all(outputs, count), dsl::unwrap_all(inputs, input_count), gradients_of(gradients, count),
            tristate(retain_graph), create_graph != 0, allow_unused != 0);
        for (int32_t i = 0; i < input_count; ++i) {
            results[i] = dsl::wrap(std::move(found[i]));
        }
    });
}
