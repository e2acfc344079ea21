using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Declarations;

namespace Dsl.Generator.Programs;

/// <summary>What becomes of a column.</summary>
internal enum ColumnRole
{
    Feature,
    Label,
    Ignored,
}

/// <summary>What the values of a column are, whatever C# calls them.</summary>
internal enum ColumnKind
{
    Number,
    Flag,
    Category,
    Text,
}

/// <summary>A checked column.</summary>
internal sealed record ColumnProgram(ColumnDeclaration Declaration, ColumnRole Role, ColumnKind Kind)
{
    public string Name => Declaration.Name;

    /// <summary>The name in files.</summary>
    public string Header { get; init; } = Declaration.Name;

    /// <summary>The names of the categories.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>The categories as C# writes them; empty where a number is its own class.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>Whether what is none of the categories has a place of its own.</summary>
    public bool HasOther { get; init; }

    /// <summary>How its numbers are scaled; null for not at all.</summary>
    public Bound<ScalingAttribute>? Scaling { get; init; }

    /// <summary>The class of the runtime's imputations, as a C# expression without its namespace; null where nothing may be
    /// missing.</summary>
    public string? Imputation { get; init; }

    /// <summary>Whether the model gets a number that says whether a value was missing.</summary>
    public bool HasIndicator { get; init; }

    /// <summary>How many numbers a model gets of it.</summary>
    public long Width => Role != ColumnRole.Feature ? 0
        : (Kind == ColumnKind.Category ? Categories.Count + (HasOther ? 1 : 0) : 1) + (HasIndicator ? 1 : 0);
}

/// <summary>A checked table.</summary>
internal sealed class TableProgram(DatasetDeclaration declaration, Bound<TableAttribute> format,
    IReadOnlyList<ColumnProgram> columns)
    : DatasetProgram(declaration, columns.Where(column => column.Role == ColumnRole.Label).ToList())
{
    public TableAttribute Format { get; } = format.Attribute;

    public IReadOnlyList<ColumnProgram> Columns { get; } = columns;

    /// <summary>How many numbers a model gets of a row.</summary>
    public long Width { get; } = columns.Sum(column => column.Width);

    public override IReadOnlyList<long> InputShape => [Width];
}
