using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Samples with the class of each.</summary>
public interface ILabeledDataSource : IDataSource
{
    /// <summary>The classes of some samples.</summary>
    /// <param name="indices">Which, [B] int64 on the CPU, each in [0, Count).</param>
    /// <returns>[B] int64, or [B, T] and [B, H, W] for a label at each position, each in 0, ..., K − 1, or -100 for none; the caller disposes it.</returns>
    Tensor ReadLabels(Tensor indices);
}
