namespace Dsl.Runtime;

/// <summary>Data that does not fit what was declared: its shape, its type or its labels; the message says both.</summary>
public sealed class DataMismatchException : InvalidOperationException
{
    /// <summary>Creates an error without a message of its own.</summary>
    public DataMismatchException()
    {
    }

    /// <summary>Creates an error with a message.</summary>
    public DataMismatchException(string message)
        : base(message)
    {
    }

    /// <summary>Creates an error with a message and the error that caused it.</summary>
    public DataMismatchException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
