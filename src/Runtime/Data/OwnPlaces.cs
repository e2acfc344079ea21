using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Labels at the places of sequences that end early: those of the sequences' own places, one sequence behind the
/// other.</summary>
/// <param name="labels">Labels [N, T, ...] of each sequence.</param>
/// <param name="inputs">Where their lengths are.</param>
/// <param name="lengths">What these are called.</param>
public sealed class OwnPlaces(ILabeledDataSource labels, IFurtherInputs inputs, string lengths) : ILabeledDataSource
{
    /// <inheritdoc/>
    public long Count => labels.Count;

    /// <inheritdoc/>
    public Tensor ReadInputs(Tensor indices) => labels.ReadInputs(indices);

    /// <summary>The labels of the own places of some sequences, [P, ...].</summary>
    /// <inheritdoc/>
    public Tensor ReadLabels(Tensor indices)
    {
        using var read = labels.ReadLabels(indices);
        using var counted = inputs.ReadInput(lengths, indices);
        using var here = counted.to(read.device);
        return SequenceEnds.Pack(read, here);
    }
}
