// Streams of random numbers, on any device that libtorch has a generator for.
#include "error.h"
#include "handles.h"

#include <mutex>

using dsl::guarded;
using dsl::unwrap;

namespace {

using lock = std::lock_guard<std::mutex>;

const at::Generator& default_generator(int32_t device_type, int32_t device_index) {
    auto device = dsl::device_of(device_type, device_index);
    if (!device.is_cpu()) {
        at::empty({0}, at::device(device));  // starts the device's runtime, which its generators need
    }
    return at::globalContext().defaultGenerator(device);
}

}  // namespace

int32_t dsl_generator_new(int32_t device_type, int32_t device_index, uint64_t seed, dsl_generator* result) {
    return guarded([&] {
        // A clone needs no device-specific header, so that one source serves the CPU and every accelerator.
        auto generator = default_generator(device_type, device_index);
        at::Generator created;
        {
            lock guard(generator.mutex());
            created = generator.clone();
        }
        created.set_current_seed(seed);
        *result = dsl::wrap(std::move(created));
    });
}

int32_t dsl_generator_default(int32_t device_type, int32_t device_index, dsl_generator* result) {
    return guarded([&] { *result = dsl::wrap(default_generator(device_type, device_index)); });
}

void dsl_generator_free(dsl_generator generator) {
    delete &unwrap(generator);
}

int32_t dsl_generator_seed(dsl_generator generator, uint64_t seed) {
    return guarded([&] {
        lock guard(unwrap(generator).mutex());
        unwrap(generator).set_current_seed(seed);
    });
}

int32_t dsl_generator_initial_seed(dsl_generator generator, uint64_t* seed) {
    return guarded([&] {
        lock guard(unwrap(generator).mutex());
        *seed = unwrap(generator).current_seed();
    });
}

int32_t dsl_generator_state(dsl_generator generator, dsl_tensor* result) {
    return guarded([&] {
        lock guard(unwrap(generator).mutex());
        *result = dsl::wrap(unwrap(generator).get_state());
    });
}

int32_t dsl_generator_set_state(dsl_generator generator, dsl_tensor state) {
    return guarded([&] {
        lock guard(unwrap(generator).mutex());
        unwrap(generator).set_state(unwrap(state));
    });
}

int32_t dsl_manual_seed(uint64_t seed) {
    return guarded([&] { at::manual_seed(seed); });
}
