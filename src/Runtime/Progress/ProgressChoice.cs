namespace Dsl.Runtime;

/// <summary>How runs are shown, as a user asks for it from outside of a program.</summary>
internal sealed record ProgressChoice(ProgressDisplay Display, string? EventFolder)
{
    /// <summary>The environment variable that says it.</summary>
    public const string Variable = "DSL_PROGRESS";

    private const string Events = "tensorboard:";

    /// <summary>What <see cref="Variable"/> says; when it is not set a bar, or nothing where this is not the first of several
    /// processes of a launch.</summary>
    public static ProgressChoice FromEnvironment() => From(Environment.GetEnvironmentVariable);

    /// <summary>Likewise, of given variables.</summary>
    public static ProgressChoice From(Func<string, string?> variable) =>
        variable(Variable) is null && RankLaunch.IsBehindFirst(variable) ? new(ProgressDisplay.None, null)
            : Parse(variable(Variable));

    /// <summary>Reads <c>bar</c>, <c>live</c>, <c>lines</c>, <c>none</c>, <c>tensorboard:FOLDER</c>, or one of the first four and
    /// the last
    /// one with a comma between them.</summary>
    /// <exception cref="InvalidOperationException">It is something else.</exception>
    public static ProgressChoice Parse(string? text)
    {
        ProgressDisplay? display = null;
        string? folder = null;
        foreach (string part in (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            bool isFolder = part.StartsWith(Events, StringComparison.Ordinal) && part.Length > Events.Length;
            if (isFolder && folder is null) folder = part[Events.Length..];
            else if (display is null && Find(part) is { } found) display = found;
            else throw Wrong(text);
        }

        return new ProgressChoice(display ?? ProgressDisplay.Bar, folder);
    }

    private static ProgressDisplay? Find(string name) => name switch
    {
        "bar" => ProgressDisplay.Bar,
        "live" => ProgressDisplay.Live,
        "lines" => ProgressDisplay.Lines,
        "none" => ProgressDisplay.None,
        _ => null,
    };

    private static InvalidOperationException Wrong(string? text) => new(
        $"{Variable} is '{text}': say bar, live, lines or none, or tensorboard:FOLDER for files that TensorBoard reads, or "
        + $"both with a "
        + "comma between them, as live,tensorboard:runs.");
}

/// <summary>What a console shows of a run.</summary>
internal enum ProgressDisplay
{
    /// <summary>A bar.</summary>
    Bar,

    /// <summary>A dashboard with curves.</summary>
    Live,

    /// <summary>Lines, now and then.</summary>
    Lines,

    /// <summary>Nothing.</summary>
    None,
}
