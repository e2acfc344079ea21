using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Products of the steps of a sequence with one factor, each added to a step of another sequence: over memory as it
/// lies where products are ours, by views that are made once elsewhere.</summary>
internal readonly ref struct StepProduct : IDisposable
{
    private readonly RepeatedFactor _factor;
    private readonly SequenceLayout _into;
    private readonly SequenceLayout _from;
    private readonly Steps? _intoViews;
    private readonly Steps? _fromViews;

    /// <param name="into">What products are added to: [T, N, M], or [1, N, M].</param>
    /// <param name="from">Left factors [T, N, K].</param>
    /// <param name="factor">The right factor [K, M]; the caller frees it.</param>
    /// <param name="reverse">Whether the recurrence runs from the last element to the first.</param>
    public StepProduct(Tensor into, Tensor from, RepeatedFactor factor, bool reverse)
    {
        _factor = factor;
        if (factor.IsLaid && SequenceLayout.TryOf(into, reverse, out _into) && _into.HasRows
            && SequenceLayout.TryOf(from, reverse, out _from)) return;
        (_intoViews, _fromViews) = (new Steps(into, reverse), new Steps(from, reverse));
    }

    /// <summary>into[step] ← into[step] + from[other] · factor.</summary>
    public void Add(int step, int other)
    {
        if (_intoViews is { } into) _factor.AddProduct(into[step], _fromViews!.Value[other]);
        else _factor.AddProduct(_into[step], _from[other]);
    }

    /// <summary>The same for some samples at a time, where they can be told apart.</summary>
    public bool TryRows(out RowProduct rows)
    {
        rows = new RowProduct(_into, _from, _factor.Laid);
        return _intoViews is null;
    }

    public void Dispose()
    {
        _intoViews?.Dispose();
        _fromViews?.Dispose();
    }
}
