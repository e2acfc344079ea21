using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Tasks to learn to learn from, each with samples to adapt to and samples to be judged on.</summary>
public interface IEpisodeSource
{
    /// <summary>Number of tasks.</summary>
    long Count { get; }

    /// <summary>Inputs of the support samples of some tasks.</summary>
    /// <param name="indices">Which tasks, [T] int64 on the CPU.</param>
    /// <returns>[T, S, ...]; the caller frees it.</returns>
    Tensor ReadSupportInputs(Tensor indices);

    /// <summary>Their labels, [T, S, ...].</summary>
    /// <param name="indices">Which tasks.</param>
    Tensor ReadSupportLabels(Tensor indices);

    /// <summary>Inputs of the query samples, [T, Q, ...].</summary>
    /// <param name="indices">Which tasks.</param>
    Tensor ReadQueryInputs(Tensor indices);

    /// <summary>Their labels, [T, Q, ...].</summary>
    /// <param name="indices">Which tasks.</param>
    Tensor ReadQueryLabels(Tensor indices);
}
