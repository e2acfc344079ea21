using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// Where parameters are held, and how firmly: ½·Σᵢ Fᵢ·(θᵢ − aᵢ)² + c, the sum of such forms of several tasks
/// (Kirkpatrick et al. 2017, arXiv 1612.00796; that the sum of quadratic forms is one: Huszár 2018, arXiv 1712.03847).
/// </summary>
public sealed class ConsolidatedWeights : IDisposable
{
    private readonly ParameterArena _arena;

    /// <summary>Nothing is held yet.</summary>
    /// <param name="arena">The parameters; what of them is trained is held.</param>
    public ConsolidatedWeights(ParameterArena arena)
    {
        ArgumentNullException.ThrowIfNull(arena);
        _arena = arena;
        Importance = arena.NewTwin();
        Anchor = arena.NewTwin();
        Offset = zeros([], arena.Values.dtype, Importance.device).DetachFromDisposeScope();
    }

    /// <summary>F, [P], in the order of the arena. The tensor is this object's.</summary>
    public Tensor Importance { get; }

    /// <summary>a: where the parameters are held, [P]. The tensor is this object's.</summary>
    public Tensor Anchor { get; }

    /// <summary>c: what the forms of several tasks add up to at the anchor, without dimensions. The tensor is this
    /// object's.</summary>
    public Tensor Offset { get; }

    /// <summary>The form at the parameters as they are, without dimensions; the caller frees it.</summary>
    public Tensor Penalty()
    {
        using var scope = NewDisposeScope();
        return Of(_arena.Trainable).MoveToOuterDisposeScope();
    }

    /// <summary>The form as a function of parameters, for autograd.</summary>
    /// <param name="parameters">[P], in the order of the arena.</param>
    /// <returns>A number without dimensions.</returns>
    public Tensor Of(Tensor parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var squares = Aten.pow(parameters - Anchor, 2) * Importance;
        return Aten.add(Aten.mul(squares.sum(), 0.5), Offset);
    }

    /// <summary>Adds the form's gradient, g·F·(θ − a), to the arena's.</summary>
    /// <param name="gradient">g: that of the form, without dimensions.</param>
    public void AddGradient(Tensor gradient)
    {
        ArgumentNullException.ThrowIfNull(gradient);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        Aten.add_(_arena.Gradients, (_arena.Trainable - Anchor).mul_(Importance).mul_(gradient));
    }

    /// <summary>Holds the parameters where they are, too, as firmly as a task needs.</summary>
    /// <param name="information">The task's F, [P].</param>
    public void Add(Tensor information)
    {
        Require(information);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();

        // F₁(θ − a)² + F₂(θ − b)² = (F₁ + F₂)(θ − m)² + F₁F₂/(F₁ + F₂)·(a − b)² with m = a +
        // F₂/(F₁ + F₂)·(b − a).
        var sum = Aten.add(Importance, information);
        var share = where(Aten.gt(sum, 0.0), information / sum, zeros_like(sum));
        var distance = _arena.Trainable - Anchor;
        Aten.add_(Offset, (Importance * share * Aten.pow(distance, 2)).sum(), 0.5);
        Aten.add_(Anchor, share * distance);
        Importance.copy_(sum);
    }

    /// <summary>Holds the parameters where they are and nowhere else; what earlier tasks need fades.</summary>
    /// <param name="information">The task's F, [P].</param>
    /// <param name="decay">How much of the earlier F stays, in [0, 1].</param>
    public void Replace(Tensor information, double decay)
    {
        Require(information);
        ArgumentOutOfRangeException.ThrowIfNegative(decay);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(decay, 1);
        using var noGrad = no_grad();
        Aten.add_(Aten.mul_(Importance, decay), information);
        Anchor.copy_(_arena.Trainable);
    }

    /// <summary>Frees what is kept.</summary>
    public void Dispose()
    {
        Importance.Dispose();
        Anchor.Dispose();
        Offset.Dispose();
    }

    private void Require(Tensor information)
    {
        ArgumentNullException.ThrowIfNull(information);
        if (information.shape.AsSpan().SequenceEqual(Importance.shape)) return;
        throw new DataMismatchException(
            $"The information is [{string.Join(", ", information.shape)}], but the network learns {Importance.numel()} numbers.");
    }
}
