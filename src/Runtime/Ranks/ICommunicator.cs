using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Sums over ranks of large tensors, where they lie: in the memory of the processor, or of a GPU. Each call is made by
/// all ranks, in the same order.</summary>
internal unsafe interface ICommunicator
{
    /// <summary>Begins to sum over all ranks, in place. The memory belongs to the sum until <see cref="Wait"/>.</summary>
    /// <returns>What is waited for.</returns>
    nint BeginSum(void* values, long count, ScalarType type);

    /// <summary>Lets a sum that was begun go on, where it does not by itself.</summary>
    void Progress(ref nint request);

    /// <summary>The end of a sum that was begun.</summary>
    void Wait(ref nint request);

    /// <summary>The sums over all ranks, of which each gets those of its part, in place. What then stands outside of it is of no
    /// use.</summary>
    /// <param name="values">All numbers of this rank.</param>
    /// <param name="bounds">Where the parts begin, in order, and behind them the end of the last.</param>
    /// <param name="type">float32 or float64.</param>
    void SumParts(void* values, ReadOnlySpan<long> bounds, ScalarType type);

    /// <summary>The parts of all ranks, in all, in place.</summary>
    /// <inheritdoc cref="SumParts"/>
    void GatherParts(void* values, ReadOnlySpan<long> bounds, ScalarType type);

    /// <summary>The parts of all ranks, in the first.</summary>
    /// <param name="part">That of this rank.</param>
    /// <param name="values">Where all go; null in others than the first.</param>
    /// <param name="bounds">Where the parts begin, in order, and behind them the end of the last.</param>
    /// <param name="type">float32 or float64.</param>
    void GatherFirst(void* part, void* values, ReadOnlySpan<long> bounds, ScalarType type);
}
