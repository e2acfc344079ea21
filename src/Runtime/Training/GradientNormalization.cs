using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// Weights of objectives that keep the lengths of their gradients G_i = ‖∇_W w_i·L_i‖ near their mean, an objective's
/// above it that learns more slowly than others: w follows −∇_w Σ |G_i − Ḡ·r_i^α| with r_i = L_i/L_i(0) over the
/// mean of these, and then is scaled to a sum of T (GradNorm; Chen et al. 2018, arXiv 1711.02257, equations 1 and 2,
/// algorithm 1).
/// </summary>
public sealed class GradientNormalization : TaskGradients
{
    private const double Least = 1e-3;

    private readonly (long From, long Length) _measured;
    private readonly Tensor _lengths, _losses;

    /// <summary>Weights of 1.</summary>
    /// <param name="tasks">The objectives' names, two or more.</param>
    /// <param name="arenas">What is learned; the first holds what is shared.</param>
    /// <param name="measured">W: the part of what is shared whose gradients are measured, from the first shared element
    /// on.</param>
    /// <param name="shared">Where what is shared lies: first element and number of elements of each part.</param>
    public GradientNormalization(
        IReadOnlyList<string> tasks, IReadOnlyList<ParameterArena> arenas, (long From, long Length) measured,
        params ReadOnlySpan<(long From, long Length)> shared)
        : base(tasks, arenas, shared)
    {
        _measured = measured;
        Weights = ones_like(Rows.select(1, 0)).DetachFromDisposeScope();
        Initial = zeros_like(Weights).DetachFromDisposeScope();
        _lengths = zeros_like(Weights).DetachFromDisposeScope();
        _losses = zeros_like(Weights).DetachFromDisposeScope();
    }

    /// <summary>w, [T]: what each objective is multiplied by, beside its own weight; their sum is T. The tensor is this
    /// object's.</summary>
    public Tensor Weights { get; }

    /// <summary>L_i(0), [T], each with its own weight: the losses of the first step; 0 before it. The tensor is this
    /// object's.</summary>
    public Tensor Initial { get; }

    /// <summary>Adds the gradient of a step to that in the arenas, and keeps what the weights follow.</summary>
    /// <param name="losses">w_i·L_i, each as it stands in the sum; their graphs are freed.</param>
    /// <param name="others">The other terms of the sum.</param>
    public void Backward(IReadOnlyList<Tensor> losses, IReadOnlyList<Tensor> others)
    {
        ArgumentNullException.ThrowIfNull(losses);
        Add(losses, others, new HostRandom(0));
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        _losses.copy_(stack([.. losses.Select(loss => loss.detach().reshape([]))]).div_(Weights));
        _lengths.copy_(Aten.pow(Rows.narrow(1, _measured.From, _measured.Length), 2).sum(1).sqrt_());
    }

    /// <summary>Moves the weights, by what the last step was.</summary>
    /// <param name="asymmetry">α: how far the gradient of a slow objective is above the mean, at least 0.</param>
    /// <param name="rate">How far the weights go, above 0.</param>
    public void Update(double asymmetry, double rate)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(asymmetry);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rate);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        Initial.copy_(where(Aten.gt(Initial.abs(), 0.0), Initial, _losses));

        // An objective that begins at 0 has nothing to learn, and none of its rate is known.
        var progress = where(Aten.gt(Initial.abs(), 0.0), _losses / Initial, ones_like(Initial));
        var target = Aten.pow(progress / progress.mean(), asymmetry).mul_(_lengths.mean());

        // G_i = w_i·‖∇_W L_i‖, and the target is held constant.
        var gradient = (_lengths - target).sign_().mul_(_lengths).div_(Weights);
        Weights.copy_(Aten.clamp_min_(Aten.add_(Weights, gradient, -rate), Least));
        Weights.mul_(Aten.div(Tasks.Count, Weights.sum()));
    }

    /// <inheritdoc/>
    protected override Tensor Combine(Tensor rows, HostRandom random)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return rows.sum([0L]);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        Weights.Dispose();
        Initial.Dispose();
        _lengths.Dispose();
        _losses.Dispose();
        base.Dispose();
    }
}
