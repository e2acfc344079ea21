using System.Runtime.InteropServices;

namespace Dsl.Torch;

/// <summary>An error that libtorch reported: its message, without the native backtrace.</summary>
/// <remarks>Derives from <see cref="ExternalException"/>, which is what TorchSharp throws for a native error.</remarks>
public sealed class TorchException : ExternalException
{
    /// <summary>Creates an error without a message of its own.</summary>
    public TorchException()
    {
    }

    /// <summary>Creates an error with libtorch's message.</summary>
    public TorchException(string message)
        : base(message)
    {
    }

    /// <summary>Creates an error with a message and the error that caused it.</summary>
    public TorchException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
