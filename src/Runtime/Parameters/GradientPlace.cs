using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// Parameters that are elsewhere while a gradient is computed. At its end they are what they were, bit for bit, and gradients
/// that waited for an update have been added to the new ones.
/// </summary>
public sealed class GradientPlace : IDisposable
{
    private readonly ParameterArena[] _arenas;
    private readonly Tensor[] _parameters;
    private readonly Tensor[] _waiting;

    /// <summary>Keeps parameters, and takes the gradients that wait.</summary>
    /// <param name="arenas">The parameters, those of one update.</param>
    public GradientPlace(params ParameterArena[] arenas)
    {
        ArgumentNullException.ThrowIfNull(arenas);
        using var noGrad = no_grad();
        _arenas = arenas;
        _parameters = [.. arenas.Select(arena => arena.Trainable.clone().DetachFromDisposeScope())];
        _waiting = [.. arenas.Select(arena => arena.Gradients.clone().DetachFromDisposeScope())];
        foreach (var arena in arenas) arena.Gradients.zero_();
    }

    /// <summary>Moves the parameters of an arena a part of the way to others: θ ← θ + share·(other − θ).</summary>
    /// <param name="arena">One of the arenas.</param>
    /// <param name="other">A twin of it.</param>
    /// <param name="share">The part, of [0, 1].</param>
    public static void Interpolate(ParameterArena arena, Tensor other, double share)
    {
        ArgumentNullException.ThrowIfNull(arena);
        using var noGrad = no_grad();
        Aten.lerp_(arena.Trainable, other, share);
    }

    /// <summary>Moves all parameters along their gradient, by a distance, and clears the gradient: θ ← θ + ρ·g/‖g‖, the
    /// norm that of all arenas together (Foret et al. 2021, arXiv 2010.01412, equation 2). Without a gradient nothing
    /// moves.</summary>
    /// <param name="radius">The distance ρ.</param>
    public void Climb(double radius)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var norm = stack(_arenas.Select(arena => arena.Gradients.norm())).norm();
        var factor = Aten.div(radius, Aten.add(norm, 1e-12));
        foreach (var arena in _arenas)
        {
            Aten.add_(arena.Trainable, arena.Gradients.mul_(factor));
            arena.Gradients.zero_();
        }
    }

    /// <summary>Puts the parameters back.</summary>
    public void Dispose()
    {
        using var noGrad = no_grad();
        for (int i = 0; i < _arenas.Length; i++)
        {
            _arenas[i].Trainable.copy_(_parameters[i]);
            Aten.add_(_arenas[i].Gradients, _waiting[i]);
            _parameters[i].Dispose();
            _waiting[i].Dispose();
        }
    }
}
