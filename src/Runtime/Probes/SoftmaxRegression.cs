using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>The objective of a <see cref="LinearProbe"/>: mean cross-entropy and a penalty on all columns but the last, the
/// biases.</summary>
/// <param name="rows">[N, D + 1] float64, the last column ones.</param>
/// <param name="labels">[N] int64.</param>
/// <param name="classes">K.</param>
/// <param name="penalty">λ.</param>
internal sealed class SoftmaxRegression(Tensor rows, Tensor labels, long classes, double penalty)
{
    private readonly Tensor _targets = ClassLabels.OneHot(labels, classes, ScalarType.Float64);

    /// <summary>The objective and its gradient.</summary>
    /// <param name="weights">[K, D + 1] float64.</param>
    /// <returns>The gradient is the caller's.</returns>
    public (double Value, Tensor Gradient) Evaluate(Tensor weights)
    {
        using var scope = NewDisposeScope();
        var logarithms = rows.matmul(weights.t()).log_softmax(1);
        var penalized = weights.clone();
        Aten.fill_(penalized.narrow(1, rows.size(1) - 1, 1), 0.0);
        double value = -Aten.item(logarithms.mul(_targets).sum()) / rows.size(0)
            + penalty / 2 * Aten.item(penalized.mul(penalized).sum());
        var gradient = Aten.div(logarithms.exp().sub(_targets).t().matmul(rows), rows.size(0));
        return (value, Aten.add(gradient, penalized, penalty).MoveToOuterDisposeScope());
    }
}
