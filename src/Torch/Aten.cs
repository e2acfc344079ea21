using System.Text;

namespace Dsl.Torch;

/// <summary>
/// libtorch's operators, typed: each method is one operator, named and ordered as its schema, without a tape of its own.
/// </summary>
/// <remarks>
/// In-place operators (<c>add_</c>) and those that write into given tensors (<c>mm_out</c>, whose outputs come first) return
/// nothing. An empty span stands for a list that is not given. A result that the operator leaves undefined (the gradient that
/// an output mask left out) is null. Errors of libtorch surface as <see cref="TorchException"/>.
/// </remarks>
public static unsafe partial class Aten
{
    /// <summary>
    /// Runs operators below autograd on this thread until disposed: nothing is recorded, and each call skips the work of
    /// deciding so. Nests, and may be opened where gradients are already off.
    /// </summary>
    /// <remarks>
    /// Views made inside are not known as views to autograd, and in-place changes inside do not count as versions of a tensor:
    /// do not mix it with a graph that is still to be run backward through the same tensors.
    /// </remarks>
    public static NoAutogradScope NoAutograd() => NoAutogradScope.Enter();

    /// <summary>Whether this libtorch has an operator.</summary>
    /// <param name="name">The name, with or without the <c>aten::</c> in front.</param>
    /// <param name="overload">The overload's name, empty for the one without.</param>
    public static bool Exists(string name, string overload = "")
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(overload);
        var full = name.Contains("::", StringComparison.Ordinal) ? name : "aten::" + name;
        nint found;
        fixed (byte* namePointer = Encoding.UTF8.GetBytes(full + '\0'), overloadPointer = Encoding.UTF8.GetBytes(overload + '\0'))
        {
            return NativeMethods.OperatorFind(namePointer, overloadPointer, &found) == 0;
        }
    }
}
