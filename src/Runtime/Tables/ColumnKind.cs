namespace Dsl.Runtime;

/// <summary>What the values of a column are.</summary>
public enum ColumnKind
{
    /// <summary>Real numbers.</summary>
    Number,

    /// <summary>Yes or no.</summary>
    Flag,

    /// <summary>One of several categories, or classes.</summary>
    Category,

    /// <summary>Anything: it has no number.</summary>
    Text,
}
