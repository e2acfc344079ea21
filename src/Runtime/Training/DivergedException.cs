namespace Dsl.Runtime;

/// <summary>A run whose numbers are no longer finite: after which step, what became so, and what to try.</summary>
public sealed class DivergedException : InvalidOperationException
{
    /// <summary>Creates an error without a message of its own.</summary>
    public DivergedException()
    {
    }

    /// <summary>Creates an error with a message.</summary>
    public DivergedException(string message)
        : base(message)
    {
    }

    /// <summary>Creates an error with a message and the error that caused it.</summary>
    public DivergedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
