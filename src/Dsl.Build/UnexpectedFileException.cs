namespace Dsl.Build;

/// <summary>A file is not what it should be. The message goes on after the file's name: "it is ...".</summary>
public sealed class UnexpectedFileException : Exception
{
    /// <summary>Without a reason, which is of no use to anybody: give one.</summary>
    public UnexpectedFileException()
    {
    }

    /// <summary>With the reason.</summary>
    public UnexpectedFileException(string message)
        : base(message)
    {
    }

    /// <summary>With the reason, and the error behind it.</summary>
    public UnexpectedFileException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
