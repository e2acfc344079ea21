namespace Dsl.Runtime;

/// <summary>A run was told to stop, by Ctrl-C or by whoever ends processes, and has been saved: what follows <c>Fit</c> does not
/// take it for a finished one.</summary>
public sealed class TrainingInterruptedException : Exception
{
    /// <summary>Creates an error without a message of its own.</summary>
    public TrainingInterruptedException()
    {
    }

    /// <summary>Creates an error with a message.</summary>
    public TrainingInterruptedException(string message)
        : base(message)
    {
    }

    /// <summary>Creates an error with a message and the error that caused it.</summary>
    public TrainingInterruptedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
