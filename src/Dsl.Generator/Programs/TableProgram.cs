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

/// <summary>What a model for a table predicts.</summary>
internal enum TableOutput
{
    None,
    Class,
    Flag,
    Flags,
    Number,
    Numbers,
}

/// <summary>A checked column.</summary>
internal sealed record ColumnProgram(TableColumnDeclaration Declaration, ColumnRole Role, ColumnKind Kind)
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
internal sealed class TableProgram(TableDeclaration declaration, Bound<TableAttribute> format,
    IReadOnlyList<ColumnProgram> columns)
{
    public TableDeclaration Declaration { get; } = declaration;

    public TableAttribute Format { get; } = format.Attribute;

    public IReadOnlyList<ColumnProgram> Columns { get; } = columns;

    public IReadOnlyList<ColumnProgram> Labels { get; } = columns.Where(column => column.Role == ColumnRole.Label).ToList();

    /// <summary>How many numbers a model gets of a row.</summary>
    public long Width { get; } = columns.Sum(column => column.Width);

    public TableOutput Output => Labels.Count == 0 ? TableOutput.None : (Labels[0].Kind, Labels.Count) switch
    {
        (ColumnKind.Category, _) => TableOutput.Class,
        (ColumnKind.Flag, 1) => TableOutput.Flag,
        (ColumnKind.Flag, _) => TableOutput.Flags,
        (_, 1) => TableOutput.Number,
        _ => TableOutput.Numbers,
    };

    /// <summary>How many numbers a model returns for a row.</summary>
    public long Outputs => Output == TableOutput.Class ? Labels[0].Categories.Count : Labels.Count;

    /// <summary>Whether labels are learned in another unit than the table's.</summary>
    public bool ScalesLabels => Labels.Any(label => label.Scaling is not null);

    /// <summary>What the objectives' labels must be.</summary>
    public LabelKind Kind => Output switch
    {
        TableOutput.None => LabelKind.None,
        TableOutput.Class => LabelKind.Class,
        TableOutput.Flag or TableOutput.Flags => LabelKind.Binary,
        _ => LabelKind.Real,
    };

    /// <summary>What the model returns, in words.</summary>
    public string OutputWords => Output switch
    {
        TableOutput.Class => $"[N, {Outputs}], a number for each class of '{Labels[0].Name}'",
        TableOutput.Flag or TableOutput.Number => $"[N, 1], a number for '{Labels[0].Name}'",
        _ => $"[N, {Outputs}], a number for each label",
    };
}
