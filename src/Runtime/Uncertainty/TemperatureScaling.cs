using System.Globalization;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Temperature scaling: softmax(z/T) with the T > 0 of the largest likelihood of samples that training did not see (Guo
/// et al. 2017, arXiv 1706.04599, section 4.2). Which class is the likeliest does not change.</summary>
public sealed class TemperatureScaling : LogitScaling
{
    // Where the authors' code begins.
    private const double Start = 1.5, Least = 1e-3, Most = 1e3;

    // A mean loss in nats that only rounding keeps from falling on.
    private const double Certain = 1e-5;

    /// <summary>A known temperature.</summary>
    /// <param name="temperature">T above 0.</param>
    public TemperatureScaling(double temperature)
        : base(nameof(TemperatureScaling))
    {
        if (!(temperature > 0 && double.IsFinite(temperature)))
            throw new ArgumentOutOfRangeException(nameof(temperature), temperature, "A temperature is above 0.");
        Temperature = temperature;
    }

    /// <summary>T: above 1 for a network that was too sure, below 1 for one that was not sure enough.</summary>
    public double Temperature { get; }

    /// <summary>Seeks the temperature, by L-BFGS on its logarithm.</summary>
    /// <param name="validation">Logits of samples that the network was not trained on; those of training would say T ≤ 1
    /// falsely.</param>
    /// <exception cref="DataMismatchException">The likelihood has no largest value: it grows as T falls to 0, where every
    /// prediction is right, or as T grows, where logits say less than nothing.</exception>
    public static TemperatureScaling Fit(LabelledLogits validation)
    {
        ArgumentNullException.ThrowIfNull(validation);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Tensor logits = validation.Logits, own = logits.gather(1, validation.Labels.unsqueeze(1)).squeeze(1);
        var start = tensor(Math.Log(Start), ScalarType.Float64, logits.device);
        var found = QuasiNewton.Minimize(Loss, start, iterations: 200, tolerance: 1e-9);
        double temperature = Math.Exp(Aten.item(found.Minimum));
        if (found.Converged && found.Value > Certain && temperature is > Least and < Most)
            return new TemperatureScaling(temperature);
        throw new DataMismatchException(temperature < 1
            ? $"All {validation.Count} predictions are right, or as good as: the likelihood grows as the temperature falls to 0. "
                + "Fit on more samples, such as a validation split that training did not see."
            : "The likelihood grows with the temperature: the logits say less of these labels than nothing. Are they of the same "
                + "samples?");

        // d/d(log T) of −log softmax(z/T)[y]: (z[y] − Σ p·z)/T.
        (double, Tensor) Loss(Tensor logarithm)
        {
            using var inner = NewDisposeScope();
            double inverse = Math.Exp(-Aten.item(logarithm));
            Tensor logs = Aten.mul(logits, inverse).log_softmax(1);
            double loss = -Aten.item(logs.gather(1, validation.Labels.unsqueeze(1)).mean());
            double slope = inverse * Aten.item(own.sub(logs.exp().mul(logits).sum(1)).mean());
            return (loss, tensor(slope, ScalarType.Float64, logits.device).MoveToOuterDisposeScope());
        }
    }

    /// <summary>The temperature.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"temperature {Temperature:0.####}");

    /// <inheritdoc/>
    private protected override Tensor Scale(Tensor logits) => Aten.div(logits, Temperature);

    /// <inheritdoc/>
    private protected override Tensor Multiplied(Tensor weights) => Aten.div(weights, Temperature);
}
