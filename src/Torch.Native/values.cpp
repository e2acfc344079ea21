// Values between C# and the boxed calling convention.
#include "operators.h"

#include <algorithm>
#include <cstdlib>

namespace dsl {
namespace {

const char* spelled(dsl_tag tag) {
    switch (tag) {
        case DSL_DEFAULT: return "nothing";
        case DSL_NONE: return "None";
        case DSL_TENSOR: return "a tensor";
        case DSL_INT: return "an integer";
        case DSL_DOUBLE: return "a floating-point number";
        case DSL_BOOL: return "a boolean";
        case DSL_INT_LIST: return "a list of integers";
        case DSL_DOUBLE_LIST: return "a list of floating-point numbers";
        case DSL_BOOL_LIST: return "a list of booleans";
        case DSL_TENSOR_LIST: return "a list of tensors";
        case DSL_OPTIONAL_TENSOR_LIST: return "a list of optional tensors";
        case DSL_NUMBER_LIST: return "a list of numbers";
        case DSL_SCALAR_TYPE: return "a dtype";
        case DSL_LAYOUT: return "a layout";
        case DSL_MEMORY_FORMAT: return "a memory format";
        case DSL_DEVICE: return "a device";
        case DSL_GENERATOR: return "a generator";
        case DSL_STRING: return "a string";
    }
    return "a value of unknown kind";
}

[[noreturn]] void misfit(const parameter& target, dsl_tag given) {
    TORCH_CHECK(
        false, "argument '", target.name, "' must be ", target.type, target.optional ? " or None" : "", ", not ", spelled(given));
}

bool is_number(dsl_tag tag) {
    return tag == DSL_INT || tag == DSL_DOUBLE || tag == DSL_BOOL;
}

at::Scalar to_scalar(const dsl_value& value) {
    switch (value.tag) {
        case DSL_DOUBLE: return value.number;
        case DSL_BOOL: return value.integer != 0;
        default: return value.integer;
    }
}

// Both lists of tensors come as an array of handles; only the optional one may hold null.
template <class Element>
c10::IValue to_tensors(const parameter& target, const dsl_value& value) {
    constexpr bool nullable = !std::is_same<Element, at::Tensor>::value;
    auto handles = static_cast<const dsl_tensor*>(value.pointer);
    c10::List<Element> list;
    list.reserve(value.length);
    for (int32_t i = 0; i < value.length; ++i) {
        TORCH_CHECK(handles[i] || nullable, "element ", i, " of argument '", target.name, "' is no tensor");
        list.push_back(handles[i] ? Element(unwrap(handles[i])) : Element());
    }
    return list;
}

template <class Element>
c10::IValue to_list(const Element* elements, int32_t count) {
    c10::List<Element> list;
    list.reserve(count);
    for (int32_t i = 0; i < count; ++i) {
        list.push_back(elements[i]);
    }
    return list;
}

c10::IValue to_integers(const parameter& target, const dsl_value& value) {
    if (value.tag == DSL_INT_LIST) {
        return to_list(static_cast<const int64_t*>(value.pointer), value.length);
    }
    if (value.tag == DSL_INT && target.repeat > 0) {
        return c10::IValue(std::vector<int64_t>(target.repeat, value.integer));
    }
    misfit(target, value.tag);
}

c10::IValue to_floatings(const parameter& target, const dsl_value& value) {
    if (value.tag == DSL_DOUBLE_LIST) {
        return to_list(static_cast<const double*>(value.pointer), value.length);
    }
    if (value.tag == DSL_INT_LIST) {
        auto integers = static_cast<const int64_t*>(value.pointer);
        return c10::IValue(std::vector<double>(integers, integers + value.length));
    }
    misfit(target, value.tag);
}

c10::IValue to_scalars(const parameter& target, const dsl_value& value) {
    if (value.tag != DSL_NUMBER_LIST) {
        misfit(target, value.tag);
    }
    auto numbers = static_cast<const dsl_value*>(value.pointer);
    c10::impl::GenericList list(c10::NumberType::get());
    list.reserve(value.length);
    for (int32_t i = 0; i < value.length; ++i) {
        TORCH_CHECK(is_number(numbers[i].tag), "element ", i, " of argument '", target.name, "' is no number");
        list.push_back(c10::IValue(to_scalar(numbers[i])));
    }
    return list;
}

// dtype, layout and memory format are integers to the boxed convention, so an integer parameter takes their tags too.
bool is_integer(dsl_tag tag) {
    return tag == DSL_INT || tag == DSL_BOOL || tag == DSL_SCALAR_TYPE || tag == DSL_LAYOUT || tag == DSL_MEMORY_FORMAT;
}

}  // namespace

c10::IValue to_ivalue(const parameter& target, const dsl_value& value) {
    const auto tag = value.tag;
    if (tag == DSL_TENSOR && target.kind == kind::tensor) {
        return unwrap(static_cast<dsl_tensor>(value.pointer));
    }
    if (tag == DSL_DEFAULT) {
        TORCH_CHECK(target.fallback, "argument '", target.name, "' (", target.type, ") is missing and has no default");
        return *target.fallback;
    }
    if (tag == DSL_NONE && target.optional) {
        return {};
    }
    switch (target.kind) {
        case kind::tensor: break;
        case kind::integer:
            if (is_integer(tag)) return value.integer;
            break;
        case kind::floating:
            if (tag == DSL_DOUBLE) return value.number;
            if (tag == DSL_INT) return static_cast<double>(value.integer);
            break;
        case kind::boolean:
            if (tag == DSL_BOOL || tag == DSL_INT) return value.integer != 0;
            break;
        case kind::scalar:
            if (is_number(tag)) return to_scalar(value);
            break;
        case kind::integers: return to_integers(target, value);
        case kind::floatings: return to_floatings(target, value);
        case kind::scalars: return to_scalars(target, value);
        case kind::booleans:
            if (tag == DSL_BOOL_LIST) return to_list(static_cast<const bool*>(value.pointer), value.length);
            break;
        case kind::tensors:
            if (tag == DSL_TENSOR_LIST) return to_tensors<at::Tensor>(target, value);
            break;
        case kind::optional_tensors:
            if (tag == DSL_OPTIONAL_TENSOR_LIST || tag == DSL_TENSOR_LIST) {
                return to_tensors<dsl::optional<at::Tensor>>(target, value);
            }
            break;
        case kind::device:
            if (tag == DSL_DEVICE) return device_of(static_cast<int32_t>(value.integer), value.length);
            break;
        case kind::generator:
            if (tag == DSL_GENERATOR) return unwrap(static_cast<dsl_generator>(value.pointer));
            break;
        case kind::string:
            if (tag == DSL_STRING) return std::string(static_cast<const char*>(value.pointer), value.length);
            break;
        case kind::unsupported:
            TORCH_CHECK(false, "argument '", target.name, "' is of type ", target.type, ", which this library cannot pass");
    }
    misfit(target, tag);
}

namespace {

// Arrays for C# come from malloc, so that dsl_free serves them all.
template <class Element>
Element* new_array(size_t count) {
    auto array = static_cast<Element*>(std::malloc(std::max<size_t>(count, 1) * sizeof(Element)));
    TORCH_CHECK(array, "out of memory");
    return array;
}

template <class Element, class List>
dsl_value to_array(dsl_tag tag, const List& list) {
    auto array = new_array<Element>(list.size());
    std::copy(list.begin(), list.end(), array);
    dsl_value result{tag, static_cast<int32_t>(list.size()), {}};
    result.pointer = array;
    return result;
}

dsl_value tensor_value(at::Tensor tensor) {
    dsl_value result{tensor.defined() ? DSL_TENSOR : DSL_NONE, 0, {}};
    result.pointer = wrap(std::move(tensor));
    return result;
}

}  // namespace

dsl_value to_value(c10::IValue given) {
    dsl_value result{DSL_NONE, 0, {}};
    if (given.isTensor()) {
        return tensor_value(std::move(given).toTensor());
    } else if (given.isInt()) {
        result.tag = DSL_INT;
        result.integer = given.toInt();
    } else if (given.isDouble()) {
        result.tag = DSL_DOUBLE;
        result.number = given.toDouble();
    } else if (given.isBool()) {
        result.tag = DSL_BOOL;
        result.integer = given.toBool();
    } else if (given.isIntList()) {
        return to_array<int64_t>(DSL_INT_LIST, given.toIntVector());
    } else if (given.isTensorList()) {
        std::vector<dsl_tensor> handles;
        for (auto& tensor : given.toTensorVector()) {
            handles.push_back(wrap(std::move(tensor)));
        }
        return to_array<dsl_tensor>(DSL_TENSOR_LIST, handles);
    } else {
        TORCH_CHECK(given.isNone(), "a result of type ", given.tagKind(), " cannot be returned by this library");
    }
    return result;
}

}  // namespace dsl
