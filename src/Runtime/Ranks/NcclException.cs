namespace Dsl.Runtime;

/// <summary>GPUs that should train together cannot: NCCL is missing or refuses, or a rank has ended.</summary>
public sealed class NcclException : InvalidOperationException
{
    /// <summary>Without a cause, which is of no use to anybody: give one.</summary>
    public NcclException()
    {
    }

    /// <summary>With the cause and the remedy.</summary>
    public NcclException(string message)
        : base(message)
    {
    }

    /// <summary>With the cause and the remedy, and the error behind it.</summary>
    public NcclException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
