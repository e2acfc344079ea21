using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>The steps of a sequence [T, N, M] as matrices, in the order in which a recurrence visits them. Valid as long as the
/// tensor is: keep it alive.</summary>
internal readonly unsafe ref struct SequenceLayout
{
    private readonly TensorLayout _layout;
    private readonly bool _reverse;

    private SequenceLayout(TensorLayout layout, bool reverse)
    {
        _layout = layout;
        _reverse = reverse;
    }

    public int Count => (int)_layout.Sizes[0];

    /// <summary>Whether the numbers of a row lie side by side.</summary>
    public bool HasRows => _layout.Strides[2] == 1;

    /// <summary>The matrix of a step.</summary>
    public StridedMatrix this[int step] => new(
        (nint)Start(step), _layout.Sizes[1], _layout.Sizes[2], _layout.Strides[1], _layout.Strides[2]);

    /// <summary>Whether a tensor is such a sequence where loops of ours can read it.</summary>
    public static bool TryOf(Tensor sequence, bool reverse, out SequenceLayout steps)
    {
        bool fits = TensorLayout.TryOf(sequence, out var layout) && layout.Rank == 3;
        steps = new SequenceLayout(layout, reverse);
        return fits;
    }

    /// <summary>Where in the sequence the recurrence is in its <paramref name="step"/>-th step.</summary>
    public int Place(int step) => _reverse ? Count - 1 - step : step;

    /// <summary>Copies a step with rows to a matrix of its size without gaps.</summary>
    public void CopyTo(int step, in StridedMatrix target)
    {
        int columns = checked((int)_layout.Sizes[2]);
        for (long row = 0; row < _layout.Sizes[1]; row++)
            new Span<float>(Start(step) + row * _layout.Strides[1], columns).CopyTo(new(target.First + row * columns, columns));
    }

    private float* Start(int step) => _layout.Data + Place(step) * _layout.Strides[0];
}
