namespace Dsl.Runtime;

/// <summary>
/// Where the values of a training step lie: at places of one buffer that were planned in an earlier step of the same course, or
/// each in memory of its own. The environment variable <c>DSL_MEMORY</c> says <c>libtorch</c> for the second; <c>dsl</c>, or
/// nothing, is the first, and <c>checked</c> is the first with NaN written over each value that is given back, so that what reads
/// it afterwards shows.
/// </summary>
public static class MemoryChoice
{
    private const string Variable = "DSL_MEMORY";

    private static readonly (bool IsPlanned, bool IsChecked) s_asked = Asked(Environment.GetEnvironmentVariable(Variable));

    /// <summary>Whether values of a step lie at planned places.</summary>
    public static bool IsPlanned => s_asked.IsPlanned;

    /// <summary>Whether values that are given back are overwritten.</summary>
    internal static bool IsChecked => s_asked.IsChecked;

    /// <summary>What a value of the variable asks for.</summary>
    /// <exception cref="InvalidOperationException">The variable has a value that means nothing.</exception>
    internal static (bool IsPlanned, bool IsChecked) Asked(string? value) => value switch
    {
        null or "" or "dsl" => (true, false),
        "checked" => (true, true),
        "libtorch" => (false, false),
        _ => throw new InvalidOperationException(
            $"The environment variable {Variable} is \"{value}\"; it can be \"libtorch\", \"checked\" or \"dsl\", or unset."),
    };
}
