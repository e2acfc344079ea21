using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>A network of sequences that can be computed place by place.</summary>
public interface IStepwiseModel
{
    /// <summary>How many places a sequence has.</summary>
    int Places { get; }

    /// <summary>The output [N, 1, ...] for the next place.</summary>
    /// <param name="input">The place, [N, 1] or [N, 1, ...].</param>
    /// <param name="cache">What is kept of earlier places; this one is added.</param>
    /// <returns>As <c>forward</c> gives it for this place; the caller frees it.</returns>
    /// <exception cref="DataMismatchException">Another shape or type, other sequences than the cache's, or all places are
    /// there.</exception>
    Tensor Next(Tensor input, SequenceCache cache);
}
