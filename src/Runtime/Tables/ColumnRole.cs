namespace Dsl.Runtime;

/// <summary>What becomes of a column.</summary>
public enum ColumnRole
{
    /// <summary>A model sees it.</summary>
    Feature,

    /// <summary>A model predicts it.</summary>
    Label,

    /// <summary>It stays in the row.</summary>
    Ignored,
}
