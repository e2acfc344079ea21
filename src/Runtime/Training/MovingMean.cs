using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// The moving mean of rows that steps give. What a step offers waits for the update, so that all batches of an update see the
/// same mean, and an update that is not made leaves it as it is.
/// </summary>
public sealed class MovingMean : IDisposable
{
    private readonly List<Tensor> _waiting = [];
    private double _decay;

    /// <summary>A mean of zeros.</summary>
    /// <param name="width">D, numbers of a row, at least 1.</param>
    /// <param name="type">Their number type.</param>
    /// <param name="device">Where it is.</param>
    public MovingMean(long width, ScalarType type, Device device)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        Mean = zeros([width], type, device).DetachFromDisposeScope();
    }

    /// <summary>The mean, [D]. The tensor is this object's.</summary>
    public Tensor Mean { get; }

    /// <summary>Forgets what was given.</summary>
    public void Start()
    {
        using var noGrad = no_grad();
        Mean.zero_();
        Drop();
    }

    /// <summary>Keeps rows until <see cref="Push"/>.</summary>
    /// <param name="rows">[N, D]; their mean is kept, without a gradient.</param>
    /// <param name="decay">How much of the moving mean stays, in [0, 1).</param>
    public void Offer(Tensor rows, double decay)
    {
        ArgumentNullException.ThrowIfNull(rows);
        using var noGrad = no_grad();
        _waiting.Add(rows.mean([0]).DetachFromDisposeScope());
        _decay = decay;
    }

    /// <summary>Moves the mean towards that of what waits: m ← decay·m + (1 − decay)·mean.</summary>
    public void Push()
    {
        if (_waiting.Count == 0) return;
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        Tensor given = stack(_waiting).mean([0]);
        Aten.add_(Aten.mul_(Mean, _decay), given, 1 - _decay);
        Drop();
    }

    /// <summary>Forgets what waits.</summary>
    public void Drop()
    {
        foreach (var mean in _waiting) mean.Dispose();
        _waiting.Clear();
    }

    /// <summary>Frees the mean.</summary>
    public void Dispose()
    {
        Drop();
        Mean.Dispose();
    }
}
