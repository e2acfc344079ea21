// Finding operators by name in libtorch's dispatcher, and calling them boxed.
#include "operators.h"

#include "error.h"

#include <ATen/core/jit_type.h>

#include <cstring>
#include <memory>
#include <mutex>
#include <sstream>
#include <unordered_map>

using dsl::guarded;

struct dsl_operator_t {
    c10::OperatorHandle handle;
    std::string name;
    std::string schema;
    std::vector<dsl::parameter> parameters;
    size_t result_count;
};

namespace {

dsl::kind kind_of(const c10::Type& type) {
    switch (type.kind()) {
        case c10::TypeKind::TensorType: return dsl::kind::tensor;
        case c10::TypeKind::IntType:
        case c10::TypeKind::SymIntType:
        case c10::TypeKind::ScalarTypeType:
        case c10::TypeKind::LayoutType:
        case c10::TypeKind::MemoryFormatType: return dsl::kind::integer;
        case c10::TypeKind::FloatType:
        case c10::TypeKind::SymFloatType: return dsl::kind::floating;
        case c10::TypeKind::BoolType: return dsl::kind::boolean;
        case c10::TypeKind::NumberType: return dsl::kind::scalar;
        case c10::TypeKind::DeviceObjType: return dsl::kind::device;
        case c10::TypeKind::GeneratorType: return dsl::kind::generator;
        case c10::TypeKind::StringType: return dsl::kind::string;
        case c10::TypeKind::ListType: break;
        default: return dsl::kind::unsupported;
    }
    const auto& element = *type.containedType(0);
    if (element.kind() == c10::TypeKind::OptionalType) {
        return kind_of(*element.containedType(0)) == dsl::kind::tensor ? dsl::kind::optional_tensors : dsl::kind::unsupported;
    }
    switch (kind_of(element)) {
        case dsl::kind::tensor: return dsl::kind::tensors;
        case dsl::kind::integer: return dsl::kind::integers;
        case dsl::kind::floating: return dsl::kind::floatings;
        case dsl::kind::boolean: return dsl::kind::booleans;
        case dsl::kind::scalar: return dsl::kind::scalars;
        default: return dsl::kind::unsupported;
    }
}

dsl::parameter prepare(const c10::Argument& argument) {
    c10::TypePtr type = argument.real_type();
    const bool optional = type->kind() == c10::TypeKind::OptionalType;
    if (optional) {
        type = type->containedType(0);
    }
    dsl::parameter result{argument.name(), type->str(), kind_of(*type), optional, 0, {}};
    if (auto repeat = argument.N()) {
        result.repeat = *repeat;
    }
    if (const auto& fallback = argument.default_value()) {
        result.fallback = *fallback;
    }
    return result;
}

std::string text_of(const c10::FunctionSchema& schema) {
    std::ostringstream text;
    text << schema;
    return text.str();
}

std::unique_ptr<dsl_operator_t> prepare(const c10::OperatorHandle& handle) {
    const auto& schema = handle.schema();
    auto result = std::make_unique<dsl_operator_t>(dsl_operator_t{handle, {}, text_of(schema), {}, schema.returns().size()});
    result->name = result->schema.substr(0, result->schema.find('('));
    for (const auto& argument : schema.arguments()) {
        result->parameters.push_back(prepare(argument));
    }
    return result;
}

// Other overloads of the name, to help whoever misspelt one.
std::string overloads_of(const std::string& name) {
    std::string text;
    for (const auto& other : c10::Dispatcher::singleton().getAllOpNames()) {
        if (other.name == name) {
            text += (text.empty() ? " It has the overloads: '" : ", '") + other.overload_name + "'";
        }
    }
    return text.empty() ? text : text + ".";
}

// Found operators live as long as the process: C# keeps their addresses in statics.
dsl_operator find(const std::string& name, const std::string& overload) {
    static std::mutex mutex;
    static std::unordered_map<std::string, std::unique_ptr<dsl_operator_t>> known;
    std::lock_guard<std::mutex> lock(mutex);
    auto& entry = known[name + '.' + overload];
    if (!entry) {
        auto handle = c10::Dispatcher::singleton().findSchema({name, overload});
        TORCH_CHECK(
            handle, "this libtorch (", dsl_torch_version(), ") has no operator ", name, overload.empty() ? "" : ".", overload, ".",
            overloads_of(name));
        entry = prepare(*handle);
    }
    return entry.get();
}

// Every call needs a stack; the thread's own is taken out while in use, so that a call inside a call gets a fresh one.
class borrowed_stack {
public:
    borrowed_stack() : stack(std::move(spare())) { stack.clear(); }
    ~borrowed_stack() {
        stack.clear();
        spare() = std::move(stack);
    }
    borrowed_stack(const borrowed_stack&) = delete;
    borrowed_stack& operator=(const borrowed_stack&) = delete;

    torch::jit::Stack stack;

private:
    static torch::jit::Stack& spare() {
        thread_local torch::jit::Stack stack;
        return stack;
    }
};

void push_arguments(const dsl_operator_t& operation, const dsl_value* arguments, size_t count, torch::jit::Stack& stack) {
    const auto& parameters = operation.parameters;
    TORCH_CHECK(
        count <= parameters.size(), operation.name, " takes ", parameters.size(), " arguments, but ", count,
        " were given: ", operation.schema);
    constexpr dsl_value missing{DSL_DEFAULT, 0, {}};
    // The kernels read as many values as the schema has parameters, whatever lies there: every one must be filled.
    for (size_t i = 0; i < parameters.size(); ++i) {
        stack.push_back(dsl::to_ivalue(parameters[i], i < count ? arguments[i] : missing));
    }
}

void call(const dsl_operator_t& operation, const dsl_value* arguments, size_t count, dsl_value* results, size_t result_count) {
    TORCH_CHECK(
        result_count == 0 || result_count >= operation.result_count, operation.name, " has ", operation.result_count,
        " results, but there is room for ", result_count, ": ", operation.schema);
    borrowed_stack borrowed;
    auto& stack = borrowed.stack;
    try {
        push_arguments(operation, arguments, count, stack);
    } catch (c10::Error& error) {
        error.add_context("in a call of " + operation.schema);
        throw;
    }
    operation.handle.callBoxed(&stack);
    for (size_t i = 0; i < stack.size() && i < result_count; ++i) {
        results[i] = dsl::to_value(std::move(stack[i]));
    }
}

}  // namespace

int32_t dsl_operator_find(const char* name, const char* overload, dsl_operator* result) {
    return guarded([&] { *result = find(name, overload); });
}

const char* dsl_operator_schema(dsl_operator operation) {
    return operation->schema.c_str();
}

int32_t dsl_operator_list(char** text) {
    return guarded([&] {
        std::string lines;
        for (const auto& name : c10::Dispatcher::singleton().getAllOpNames()) {
            if (auto handle = c10::Dispatcher::singleton().findSchema(name)) {
                lines += text_of(handle->schema()) + '\n';
            }
        }
        *text = strdup(lines.c_str());
    });
}

int32_t dsl_operator_call(
    dsl_operator operation, const dsl_value* arguments, int32_t argument_count, dsl_value* results, int32_t result_count) {
    return guarded([&] { call(*operation, arguments, argument_count, results, result_count); });
}
