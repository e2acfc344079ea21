using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>An operator that libtorch refused: which one, and the shapes and types that it was given.</summary>
/// <remarks>Derives from <see cref="ExternalException"/>, which is what TorchSharp throws for a native error.</remarks>
public sealed class TorchException : ExternalException
{
    /// <summary>Creates an error without a message of its own.</summary>
    public TorchException()
    {
    }

    /// <summary>Creates an error with a message.</summary>
    public TorchException(string message)
        : base(message)
    {
    }

    /// <summary>Creates an error with a message and the error that caused it.</summary>
    public TorchException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>The error of a call that libtorch refused.</summary>
    internal static TorchException Refused(string name, params ReadOnlySpan<Tensor?> operands)
    {
        var described = new List<string>();
        foreach (var operand in operands)
        {
            if (operand is not null) described.Add($"{operand.dtype} [{string.Join(", ", operand.shape)}] on {operand.device}");
        }

        return new TorchException(
            $"{name} does not take these tensors: {string.Join(", ", described)}. libtorch's own reason stands on standard "
            + "error.");
    }
}
