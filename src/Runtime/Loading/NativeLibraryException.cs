namespace Dsl.Runtime;

/// <summary>TorchSharp's native libraries cannot be loaded; the message says why and what to do.</summary>
public sealed class NativeLibraryException : DllNotFoundException
{
    /// <summary>Without a cause, which is of no use to anybody: give one.</summary>
    public NativeLibraryException()
    {
    }

    /// <summary>With the cause and the remedy.</summary>
    public NativeLibraryException(string message)
        : base(message)
    {
    }

    /// <summary>With the cause and the remedy, and the error behind it.</summary>
    public NativeLibraryException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
