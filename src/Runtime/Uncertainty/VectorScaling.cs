using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Vector scaling: softmax(w·z + b) with a factor and a shift for each class, of the largest likelihood of samples that
/// training did not see (Guo et al. 2017, arXiv 1706.04599, section 4.2). The likeliest class may change.</summary>
/// <remarks>2K numbers are fitted: a few hundred samples are too few for many classes.</remarks>
public sealed class VectorScaling : LogitScaling
{
    // A mean loss in nats below which every prediction has been made right, and only rounding ends the search.
    private const double Certain = 1e-5;

    // Logits that differ by more say e^−50 and less of a class, which no number of samples can.
    private const double Widest = 50;

    private readonly Tensor _map;

    private VectorScaling(Tensor map)
        : base(nameof(VectorScaling)) => _map = map;

    /// <summary>w, a factor for each class.</summary>
    public IReadOnlyList<double> Factors => Row(0);

    /// <summary>b, a shift for each class.</summary>
    public IReadOnlyList<double> Shifts => Row(1);

    /// <summary>Seeks factors and shifts, by L-BFGS.</summary>
    /// <param name="validation">Logits of samples that the network was not trained on.</param>
    /// <exception cref="DataMismatchException">The likelihood has no largest value, as where every prediction can be made
    /// right.</exception>
    public static VectorScaling Fit(LabelledLogits validation)
    {
        ArgumentNullException.ThrowIfNull(validation);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Tensor logits = validation.Logits;
        long classes = logits.size(1);
        Tensor targets = ClassLabels.OneHot(validation.Labels, classes, ScalarType.Float64);
        Tensor start = stack(
            [ones(classes, ScalarType.Float64, logits.device), zeros(classes, ScalarType.Float64, logits.device)]);
        var found = QuasiNewton.Minimize(Loss, start, iterations: 1000, tolerance: 1e-7);
        Tensor scaled = Aten.add(logits.mul(found.Minimum[0]), found.Minimum[1]);
        double widest = Aten.item(scaled.amax([1]).sub(scaled.amin([1])).max());
        if (found.Converged && found.Value > Certain && widest < Widest)
            return new VectorScaling(found.Minimum.DetachFromDisposeScope());
        throw new DataMismatchException(
            $"The likelihood of {validation.Count} samples has no largest value: {2 * classes} numbers can make every prediction "
            + "as sure as right. Fit on more samples, or take TemperatureScaling.");

        // With g = softmax(w·z + b) − y: dw = mean g·z, db = mean g.
        (double, Tensor) Loss(Tensor map)
        {
            using var inner = NewDisposeScope();
            Tensor logs = Aten.add(logits.mul(map[0]), map[1]).log_softmax(1), excess = logs.exp().sub(targets);
            double loss = -Aten.item(logs.mul(targets).sum()) / validation.Count;
            Tensor gradient = stack([excess.mul(logits).mean([0L]), excess.mean([0L])]);
            return (loss, gradient.MoveToOuterDisposeScope());
        }
    }

    /// <inheritdoc/>
    private protected override Tensor Scale(Tensor logits) => Aten.add(logits.mul(_map[0]), _map[1]);

    /// <inheritdoc/>
    private protected override Tensor Multiplied(Tensor weights) => weights.mul(_map[0].unsqueeze(1));

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _map.Dispose();
        base.Dispose(disposing);
    }

    private double[] Row(int row)
    {
        using var values = _map[row].clone();
        return EmbeddingRows.ToArray<double>(values);
    }
}
