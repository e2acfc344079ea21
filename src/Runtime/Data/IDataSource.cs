using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Samples that can be counted and read by index.</summary>
public interface IDataSource
{
    /// <summary>Number of samples.</summary>
    long Count { get; }

    /// <summary>The inputs of some samples, stacked.</summary>
    /// <param name="indices">Positions [B], int64, each in [0, <see cref="Count"/>).</param>
    /// <returns>[B, ...]; the caller frees it.</returns>
    Tensor ReadInputs(Tensor indices);
}

/// <summary>Samples with a label each.</summary>
public interface ILabeledDataSource : IDataSource
{
    /// <summary>The labels of some samples.</summary>
    /// <param name="indices">Positions [B], int64, each in [0, <see cref="IDataSource.Count"/>).</param>
    /// <returns>Labels [B], int64; the caller frees it.</returns>
    Tensor ReadLabels(Tensor indices);
}
