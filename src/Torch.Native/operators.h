// An operator of libtorch's dispatcher, prepared for calls with an array of dsl_value.
#pragma once

#include "handles.h"

#include <string>

namespace dsl {

// What a parameter takes; decided once per operator, so that a call is a switch and no type test.
enum class kind {
    tensor,
    integer,
    floating,
    boolean,
    scalar,
    integers,
    floatings,
    booleans,
    tensors,
    optional_tensors,
    scalars,
    device,
    generator,
    string,
    unsupported,  // can be left to its default, not given
};

struct parameter {
    std::string name;
    std::string type;  // as the schema spells it, for messages
    dsl::kind kind;
    bool optional;
    int64_t repeat;  // k of int[k]: a single number stands for k of them; 0 where it does not
    dsl::optional<c10::IValue> fallback;
};

// The value as the boxed calling convention wants it for this parameter; throws where it does not fit.
c10::IValue to_ivalue(const parameter& target, const dsl_value& value);

// The result for C#, whose tensors and arrays the caller owns.
dsl_value to_value(c10::IValue result);

}  // namespace dsl
