using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Samples with a label of each: a class, or the numbers that a model is to predict.</summary>
public interface ILabeledDataSource : IDataSource
{
    /// <summary>The labels of some samples.</summary>
    /// <param name="indices">Which, [B] int64 on the CPU, each in [0, Count).</param>
    /// <returns>[B] int64, or [B, T] and [B, H, W] for a label at each position, each in 0, ..., K − 1, or -100 for none. For
    /// regression, yes-or-no labels and distributions: numbers of any type in the shape of what the model returns, or [B] where
    /// that is [B, 1]. The caller disposes it.</returns>
    Tensor ReadLabels(Tensor indices);
}
