using System.Diagnostics;
using Dsl.Runtime;

namespace Dsl.Tests.Fuzzing;

/// <summary>
/// Whether an error is ours: of a type that Dsl documents, thrown by code of Dsl itself, and in words of its own. An error of
/// libtorch, of a list or of a null reference is none, whatever it says.
/// </summary>
internal static class Verdict
{
    private static readonly Type[] Types =
    [
        typeof(DataMismatchException), typeof(DivergedException), typeof(ArgumentException), typeof(ArgumentNullException),
        typeof(ArgumentOutOfRangeException), typeof(ObjectDisposedException), typeof(InvalidOperationException),
        typeof(InvalidDataException), typeof(IOException),
    ];

    // Methods of .NET that throw for whoever calls them.
    private static readonly Type[] Guards =
    [
        typeof(ArgumentException), typeof(ArgumentNullException), typeof(ArgumentOutOfRangeException),
        typeof(ObjectDisposedException),
    ];

    private static readonly string[] Foreign =
        ["Exception raised from", "c10::", "at::", "[enforce fail", "INTERNAL ASSERT", "empty handle", "torch.", "aten::"];

    /// <summary>Why an error is not ours; null where it is.</summary>
    public static string? Objection(Exception error)
    {
        if (error is SourceException) return null;
        if (!Types.Contains(error.GetType())) return $"of the type {error.GetType().Name}";
        if (Foreign.FirstOrDefault(word => error.Message.Contains(word, StringComparison.Ordinal)) is { } word)
            return $"in words that are not ours: {word}";
        var thrower = new StackTrace(error).GetFrames().Select(frame => frame.GetMethod()?.DeclaringType)
            .FirstOrDefault(type => type is not null && !Guards.Contains(type));
        for (; thrower?.DeclaringType is { } outer; thrower = outer)
        {
        }

        // What is compiled into its caller has that one's name: the caller is the test where a constructor throws.
        bool isOurs = thrower?.Assembly == typeof(DataMismatchException).Assembly
            || thrower?.Namespace is "Dsl.Tests.Fuzzed" or "Dsl.Tests.Fuzzing";
        return isOurs ? null : $"thrown by {thrower}";
    }
}
