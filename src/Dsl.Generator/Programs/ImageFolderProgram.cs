using System.Collections.Generic;
using Dsl.Generator.Binding;
using Dsl.Generator.Declarations;

namespace Dsl.Generator.Programs;

/// <summary>Checked images.</summary>
/// <param name="format">Their size.</param>
/// <param name="label">Their class.</param>
internal sealed class ImageFolderProgram(DatasetDeclaration declaration, Bound<ImageFolderAttribute> format, ColumnProgram label)
    : DatasetProgram(declaration, [label])
{
    public ImageFolderAttribute Format { get; } = format.Attribute;

    public ColumnProgram Label => Labels[0];

    public override IReadOnlyList<long> InputShape => [Format.Channels, Format.Height, Format.Width];

    /// <summary>What the model subtracts from each channel first, and what it divides by, as declared; null for nothing
    /// declared.</summary>
    public (IReadOnlyList<double> Means, IReadOnlyList<double> Deviations)? Normalization { get; init; }

    /// <summary>Whether both are those of the training images.</summary>
    public bool Standardizes { get; init; }
}
