namespace Dsl.Runtime;

/// <summary>Processes that should train together cannot: MPI is missing or refuses, or they do not agree.</summary>
public sealed class MpiException : InvalidOperationException
{
    /// <summary>Without a cause, which is of no use to anybody: give one.</summary>
    public MpiException()
    {
    }

    /// <summary>With the cause and the remedy.</summary>
    public MpiException(string message)
        : base(message)
    {
    }

    /// <summary>With the cause and the remedy, and the error behind it.</summary>
    public MpiException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Whether every rank has thrown it at the same place, so that none waits for another.</summary>
    internal bool IsOnAllRanks { get; init; }
}
