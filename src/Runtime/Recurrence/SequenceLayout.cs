using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>The steps of a sequence [T, N, M] of 32-bit numbers as matrices, in the order in which a recurrence visits them.
/// Valid as long as the tensor is: keep it alive.</summary>
/// <param name="First">The matrix of the first element.</param>
/// <param name="Count">T.</param>
/// <param name="Stride">Elements from a step's first one to the next step's.</param>
/// <param name="IsReverse">Whether the recurrence runs from the last element to the first.</param>
internal readonly record struct SequenceLayout(StridedMatrix First, int Count, long Stride, bool IsReverse)
{
    /// <summary>Whether the numbers of a row lie side by side.</summary>
    public bool HasRows => First.ColumnStride == 1;

    /// <summary>The matrix of a step.</summary>
    public StridedMatrix this[int step] => First.At((IsReverse ? Count - 1 - step : step) * Stride);

    /// <summary>Whether a tensor is such a sequence where loops of ours can read it.</summary>
    public static bool TryOf(Tensor sequence, bool reverse, out SequenceLayout steps)
    {
        bool fits = TensorLayout.TryOf(sequence, out var layout) && layout.Rank == 3;
        steps = fits ? new SequenceLayout(layout.Matrix(1), checked((int)layout.Sizes[0]), layout.Strides[0], reverse) : default;
        return fits;
    }
}
