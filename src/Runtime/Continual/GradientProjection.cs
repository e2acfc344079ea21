using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// A gradient without what points against another one: g − min(g·g_m, 0)/‖g_m‖²·g_m, which is the nearest to g that
/// does not raise the other's loss (Chaudhry et al. 2019, arXiv 1812.00420, equation 11).
/// </summary>
public sealed class GradientProjection : IDisposable
{
    // Below this squared length a gradient has no direction in float32.
    private const double Least = 1e-30;

    private readonly IReadOnlyList<ParameterArena> _arenas;
    private readonly List<Tensor> _kept;
    private readonly Tensor _product, _own, _other;

    /// <summary>No gradient is kept.</summary>
    /// <param name="arenas">Where gradients are.</param>
    public GradientProjection(params IReadOnlyList<ParameterArena> arenas)
    {
        ArgumentNullException.ThrowIfNull(arenas);
        ArgumentOutOfRangeException.ThrowIfZero(arenas.Count, nameof(arenas));
        _arenas = arenas;
        _kept = [.. arenas.Select(arena => arena.NewTwin())];
        Tensor New() => zeros([], arenas[0].Values.dtype, arenas[0].Values.device).DetachFromDisposeScope();
        (_product, _own, _other) = (New(), New(), New());
    }

    /// <summary>Moves the gradient that is in the arenas here.</summary>
    public void Keep()
    {
        using var noGrad = no_grad();
        for (int i = 0; i < _arenas.Count; i++)
        {
            _kept[i].copy_(_arenas[i].Gradients);
            _arenas[i].Gradients.zero_();
        }
    }

    /// <summary>Takes from the gradient in the arenas what points against the one that is kept.</summary>
    public void Project()
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        _product.copy_(Product(_arenas.Select(arena => arena.Gradients), _kept));
        _own.copy_(Product(_arenas.Select(arena => arena.Gradients), _arenas.Select(arena => arena.Gradients)));
        _other.copy_(Product(_kept, _kept));
        var conflict = Aten.clamp_max_(_product.clone(), 0).div_(Aten.clamp_min(_other, Least));
        for (int i = 0; i < _arenas.Count; i++) Aten.add_(_arenas[i].Gradients, conflict * _kept[i], -1);
    }

    /// <summary>The cosine between the two gradients of the last projection, before it; NaN before the first, and of zeros.
    /// Reading it waits for the device.</summary>
    public double Cosine() => Aten.item(_product) / Math.Sqrt(Aten.item(_own) * Aten.item(_other));

    /// <summary>Frees what is kept.</summary>
    public void Dispose()
    {
        foreach (var own in _kept.Concat([_product, _own, _other])) own.Dispose();
    }

    private static Tensor Product(IEnumerable<Tensor> first, IEnumerable<Tensor> second) =>
        stack([.. first.Zip(second, (a, b) => a.dot(b))]).sum();
}
