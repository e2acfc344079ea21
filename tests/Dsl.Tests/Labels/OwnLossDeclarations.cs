using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Tests.Labels;

[Model(5), Linear(8), Tanh, Linear(4)]
public partial class OwnNet;

// Each loss twice: where the compiler differentiates it, and where autograd does. The method is its own oracle.
[Trainer<OwnNet>, Sgd(0.1), Steps(3)]
public partial class PinballTrainer
{
    private const double Quantile = 0.9;

    [Objective]
    internal static Tensor Pinball(Tensor prediction, Tensor target)
    {
        var error = target - prediction;
        return maximum(Quantile * error, (Quantile - 1) * error);
    }

    [Metric]
    internal static double Covered(Tensor predictions, Tensor targets) =>
        predictions.ge(targets).mean([0, 1], type: ScalarType.Float64).item<double>();

    [Metric]
    internal static Tensor Largest(Tensor predictions, Tensor targets) => (predictions - targets).abs().max();
}

[Trainer<OwnNet>(Backward = Backward.Autograd), Sgd(0.1), Steps(3)]
public partial class PinballAutogradTrainer
{
    [Objective]
    internal static Tensor Pinball(Tensor prediction, Tensor target) => PinballTrainer.Pinball(prediction, target);
}

[Trainer<OwnNet>, Sgd(0.1), Steps(3), Accumulate(2)]
public partial class PinballPartsTrainer
{
    [Objective]
    internal static Tensor Pinball(Tensor prediction, Tensor target)
    {
        var error = target - prediction;
        return maximum(0.9 * error, -0.1 * error);
    }
}

// Every function of the analysed subset that a model's Forward has not, with ties and bounds among the numbers.
[Trainer<OwnNet>, Sgd(0.1), Steps(3)]
public partial class EverythingTrainer
{
    [Objective(Weight = 0.5)]
    internal static Tensor Everything(Tensor prediction, Tensor target)
    {
        var error = prediction - target;
        var size = error.abs() + 1e-3;
        var huber = where(size < 1, 0.5 * error * error, size - 0.5);
        var bounded = prediction.clamp(-0.5, 0.5) + prediction.clamp(max: 0.25) - clamp_min(error, -0.75);
        var log = size.log() + size.pow(1.5) - (-size).expm1();
        var chosen = where(prediction > target, minimum(prediction, 2 * target), prediction.maximum(target * 0)).square();
        var parts = prediction[.., 1] * prediction[.., 2..4].sum(1) + prediction.select(1, -1) + prediction.narrow(1, 0, 2)
            .mean([1]);
        var first = prediction[TensorIndex.Colon, 0].unsqueeze(1);
        return huber.mean() + bounded.mean() + 0.1 * log.sum() / 20 + chosen.mean() + (parts * parts).mean() + first.square()
            .mean();
    }

    [Objective]
    internal static Tensor Spread(Tensor prediction) =>
        -0.01 * (prediction - prediction.mean([1], keepdim: true)).square().mean([1]);
}

[Trainer<OwnNet>(Backward = Backward.Autograd), Sgd(0.1), Steps(3)]
public partial class EverythingAutogradTrainer
{
    [Objective(Weight = 0.5)]
    internal static Tensor Everything(Tensor prediction, Tensor target) => EverythingTrainer.Everything(prediction, target);

    [Objective]
    internal static Tensor Spread(Tensor prediction) => EverythingTrainer.Spread(prediction);
}

// Beyond what is analysed: called as it stands.
[Trainer<OwnNet>, Sgd(0.1), Steps(3)]
public partial class OwnClassesTrainer
{
    internal static double Temperature { get; set; } = 2;

    [Objective(Labels = LabelType.Classes)]
    internal static Tensor Tempered(Tensor prediction, Tensor target) =>
        nn.functional.cross_entropy(prediction / Temperature, target, reduction: nn.Reduction.None);

    [Metric]
    internal static double Errors(Tensor predictions, Tensor labels) => predictions.argmax(1).ne(labels).sum().item<long>();
}

[Trainer<OwnNet>, Sgd(0.1), Steps(3)]
public partial class ConstantLossTrainer
{
    internal static bool IsConstant { get; set; }

    [Objective]
    internal static Tensor Gone(Tensor prediction, Tensor target) =>
        IsConstant ? prediction.detach().sum() : (prediction - target).square();
}

[Table]
public partial record OwnRow(float A, float B, [Label, Standardize] float Y);

[Model<OwnRow>, Linear(8), Tanh, Linear]
public partial class OwnRowNet;

[Trainer<OwnRowNet>, Adam(1e-2), Epochs(3), BatchSize(8)]
public partial class OwnRowTrainer
{
    [Objective]
    private static Tensor LogCosh(Tensor prediction, Tensor target)
    {
        var error = prediction - target;
        return error.abs() + nn.functional.softplus(-2 * error.abs()) - 0.6931471805599453;
    }

    [Metric]
    private static double Bias(Tensor predictions, Tensor targets) => (predictions - targets).mean().ToDouble();
}

[Model(1), Linear(32), ReLU, Linear(1)]
public partial class Upper;

[Trainer<Upper>, Adam(1e-2), Epochs(20), BatchSize(100)]
public partial class UpperTrainer
{
    [Objective]
    private static Tensor Pinball(Tensor prediction, Tensor target) =>
        maximum(0.9 * (target - prediction), -0.1 * (target - prediction));

    [Metric]
    private static double Covered(Tensor predictions, Tensor targets) => predictions.ge(targets).to(float64).mean().ToDouble();
}

// The higher a quantile, the further from it is the mean: who watches one sees the other get worse.
[Trainer<Upper>, Sgd(0.3), Epochs(30), BatchSize(100), EarlyStopping(Metric.Loss, Patience = 30), Seed(2)]
public partial class WatchingTrainer
{
    [Objective(Weight = 2)]
    private static Tensor Pinball(Tensor prediction, Tensor target) =>
        maximum(0.95 * (target - prediction), -0.05 * (target - prediction));
}
