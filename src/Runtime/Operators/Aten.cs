using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// What compiled code calls of libtorch beside TorchSharp's API: the operators that TorchSharp lacks (most of all the backward
/// ones), through libtorch's own C interface, and those with a number, for which TorchSharp makes an object at every call.
/// </summary>
/// <remarks>
/// A method is named as aten's operator, with its arguments in the order of the schema. A name that ends with an underscore
/// works in place: it writes over its first argument and returns it. A result that the operator leaves undefined (the gradient
/// that a mask leaves out) is null. An error is a <see cref="TorchException"/> that says operator, shapes and types.
/// </remarks>
public static partial class Aten;
