namespace Dsl.Runtime;

/// <summary>A kernel cannot be compiled or launched: NVRTC or the driver is missing or refuses.</summary>
public sealed class CudaException : InvalidOperationException
{
    /// <summary>Without a cause, which is of no use to anybody: give one.</summary>
    public CudaException()
    {
    }

    /// <summary>With the cause and the remedy.</summary>
    public CudaException(string message)
        : base(message)
    {
    }

    /// <summary>With the cause and the remedy, and the error behind it.</summary>
    public CudaException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
