using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declarations;

namespace Dsl.Generator.Programs;

/// <summary>What a model for a data set predicts.</summary>
internal enum DatasetOutput
{
    None,
    Class,
    Flag,
    Flags,
    Number,
    Numbers,
}

/// <summary>A checked data set, from which a model takes its input and what it returns.</summary>
/// <param name="labels">The columns that are predicted.</param>
internal abstract class DatasetProgram(DatasetDeclaration declaration, IReadOnlyList<ColumnProgram> labels)
{
    public DatasetDeclaration Declaration { get; } = declaration;

    public IReadOnlyList<ColumnProgram> Labels { get; } = labels;

    /// <summary>The sizes of what a model gets of a row.</summary>
    public abstract IReadOnlyList<long> InputShape { get; }

    public DatasetOutput Output => Labels.Count == 0 ? DatasetOutput.None : (Labels[0].Kind, Labels.Count) switch
    {
        (ColumnKind.Category, _) => DatasetOutput.Class,
        (ColumnKind.Flag, 1) => DatasetOutput.Flag,
        (ColumnKind.Flag, _) => DatasetOutput.Flags,
        (_, 1) => DatasetOutput.Number,
        _ => DatasetOutput.Numbers,
    };

    /// <summary>How many numbers a model returns for a row.</summary>
    public long Outputs => Output == DatasetOutput.Class ? Labels[0].Categories.Count : Labels.Count;

    /// <summary>Whether labels are learned in another unit than that of the rows.</summary>
    public bool ScalesLabels => Labels.Any(label => label.Scaling is not null);

    /// <summary>What the objectives' labels must be.</summary>
    public LabelKind Kind => Output switch
    {
        DatasetOutput.None => LabelKind.None,
        DatasetOutput.Class => LabelKind.Class,
        DatasetOutput.Flag or DatasetOutput.Flags => LabelKind.Binary,
        _ => LabelKind.Real,
    };

    /// <summary>What the model returns, in words.</summary>
    public string OutputWords => Output switch
    {
        DatasetOutput.Class => $"[N, {Outputs}], a number for each class of '{Labels[0].Name}'",
        DatasetOutput.Flag or DatasetOutput.Number => $"[N, 1], a number for '{Labels[0].Name}'",
        _ => $"[N, {Outputs}], a number for each label",
    };
}
