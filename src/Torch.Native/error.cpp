#include "error.h"

#include "dsl_torch.h"

#include <string>

namespace {
thread_local std::string last_error;
}

namespace dsl {

void set_last_error(const char* text) noexcept {
    try {
        last_error = text;
    } catch (...) {
        last_error.clear();  // no memory for the text of an error: the status still says that there was one
    }
}

}  // namespace dsl

const char* dsl_last_error() {
    return last_error.c_str();
}
