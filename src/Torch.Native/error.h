// Catches whatever libtorch throws and keeps its text for dsl_last_error().
#pragma once

#include <c10/util/Exception.h>

#include <exception>

namespace dsl {

void set_last_error(const char* text) noexcept;

// Runs `body`; returns 0, or 1 after any exception. libtorch's own errors leave their message without the backtrace.
template <class Body>
int32_t guarded(Body&& body) noexcept {
    try {
        body();
        return 0;
    } catch (const c10::Error& error) {
        set_last_error(error.what_without_backtrace());
    } catch (const std::exception& error) {
        set_last_error(error.what());
    } catch (...) {
        set_last_error("an exception of unknown type was thrown inside libtorch");
    }
    return 1;
}

// Like guarded, for getters: `failed` after any exception.
template <class Result, class Body>
Result guarded_or(Result failed, Body&& body) noexcept {
    Result result = failed;
    guarded([&] { result = body(); });
    return result;
}

}  // namespace dsl
