using System.Globalization;

namespace Dsl.Runtime;

/// <summary>A declared column of a table.</summary>
/// <param name="Name">The member of the record.</param>
/// <param name="Kind">What its values are.</param>
/// <param name="Role">What becomes of it.</param>
public sealed record ColumnSchema(string Name, ColumnKind Kind, ColumnRole Role = ColumnRole.Feature)
{
    /// <summary>The name in files.</summary>
    public string Header { get; init; } = Name;

    /// <summary>Whether values may be missing.</summary>
    public bool IsNullable { get; init; }

    /// <summary>The names of the categories, in order; empty for other kinds.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>Whether what is none of the categories has a place of its own behind them.</summary>
    public bool HasOther { get; init; }

    /// <summary>How its numbers are scaled; null for not at all.</summary>
    public ColumnScaling? Scaling { get; init; }

    /// <summary>What stands in for missing values; null where none may be missing, or for a label.</summary>
    public Imputation? Imputation { get; init; }

    /// <summary>Whether the model gets a number that says whether the value was missing.</summary>
    public bool HasIndicator { get; init; }

    /// <summary>How many numbers the model gets of it.</summary>
    public int Width => Role != ColumnRole.Feature ? 0
        : (Kind == ColumnKind.Category ? Categories.Count + (HasOther ? 1 : 0) : 1) + (HasIndicator ? 1 : 0);

    /// <summary>The names of the classes 0, ..., K − 1 of an integer.</summary>
    /// <param name="count">K.</param>
    public static IReadOnlyList<string> ClassNames(int count) =>
        [.. Enumerable.Range(0, count).Select(index => index.ToString(CultureInfo.InvariantCulture))];

    /// <summary>What a file of a model says of the column, so that it is not used with another one.</summary>
    internal string Describe()
    {
        string categories = Kind != ColumnKind.Category ? "" : $" [{string.Join(", ", Categories)}{(HasOther ? ", other" : "")}]";
        string scaling = Scaling is null ? "" : $", {Scaling.Name}";
        string imputation = Imputation is null ? "" : $", {Imputation.Name} for missing{(HasIndicator ? " with indicator" : "")}";
        return $"{Name}: {Role.ToString().ToLowerInvariant()} "
            + $"{Kind.ToString().ToLowerInvariant()}{categories}{scaling}{imputation}";
    }
}
