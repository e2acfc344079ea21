using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Weight normalisation, w = g·v/‖v‖ for each row of v (Salimans and Kingma 2016, arXiv 1602.07868, equation
/// 2).</summary>
public static class NormalizedWeights
{
    /// <summary>The weight w, [out, ...].</summary>
    /// <param name="directions">v, [out, ...].</param>
    /// <param name="lengths">g, [out, 1, ...].</param>
    public static Tensor Of(Tensor directions, Tensor lengths)
    {
        ArgumentNullException.ThrowIfNull(directions);
        ArgumentNullException.ThrowIfNull(lengths);
        using var scope = NewDisposeScope();
        return (directions * (lengths / Norms(directions, lengths))).MoveToOuterDisposeScope();
    }

    /// <summary>The gradients of v and g: ∂g = (∂w · v)/‖v‖ for each row, ∂v = g/‖v‖·(∂w − ∂g·v/‖v‖)
    /// (equation 3).</summary>
    /// <param name="gradient">∂w, [out, ...].</param>
    /// <param name="directions">v.</param>
    /// <param name="lengths">g.</param>
    public static (Tensor Directions, Tensor Lengths) Gradients(Tensor gradient, Tensor directions, Tensor lengths)
    {
        ArgumentNullException.ThrowIfNull(gradient);
        ArgumentNullException.ThrowIfNull(directions);
        ArgumentNullException.ThrowIfNull(lengths);
        using var scope = NewDisposeScope();
        var norms = Norms(directions, lengths);
        var unit = directions / norms;
        var ofLengths = (gradient * unit).flatten(1).sum(1).reshape(lengths.shape);
        var ofDirections = (gradient - ofLengths * unit) * (lengths / norms);
        return (ofDirections.MoveToOuterDisposeScope(), ofLengths.MoveToOuterDisposeScope());
    }

    /// <summary>Starts g as ‖v‖.</summary>
    /// <param name="lengths">g, [out, 1, ...].</param>
    /// <param name="directions">v, [out, ...], which has its values.</param>
    public static void Start(Tensor lengths, Tensor directions)
    {
        ArgumentNullException.ThrowIfNull(directions);
        ArgumentNullException.ThrowIfNull(lengths);
        using var noGrad = no_grad();
        using var norms = Norms(directions, lengths);
        lengths.copy_(norms);
    }

    private static Tensor Norms(Tensor directions, Tensor lengths) =>
        directions.flatten(1).norm(1).reshape(lengths.shape);
}
