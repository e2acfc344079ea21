using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Samples that are read by index.</summary>
public interface IDataSource
{
    /// <summary>Number of samples.</summary>
    long Count { get; }

    /// <summary>The inputs of some samples.</summary>
    /// <param name="indices">Which, [B] int64 on the CPU, each in [0, Count).</param>
    /// <returns>[B, ...]; the caller disposes it.</returns>
    Tensor ReadInputs(Tensor indices);
}
