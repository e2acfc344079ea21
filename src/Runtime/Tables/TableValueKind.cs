namespace Dsl.Runtime;

/// <summary>What a value of a source is.</summary>
internal enum TableValueKind
{
    /// <summary>Nothing.</summary>
    Missing,

    /// <summary>Characters, as in a file of separated values, where every value is some.</summary>
    Written,

    /// <summary>A text, where other values are none.</summary>
    Text,

    /// <summary>A real number.</summary>
    Number,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>Yes or no.</summary>
    Flag,
}
