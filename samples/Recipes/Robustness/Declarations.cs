using Dsl;
using static TorchSharp.torch;

namespace Recipes.Robustness;

/// <summary>The demo's convolutional network.</summary>
[Model(1, 8, 8)]
[Conv2d(16, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU]
[Conv2d(32, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU, MaxPool2d(2)]
[Flatten, Linear(64), ReLU, Linear(10)]
public partial class Cnn;

[Trainer<Cnn>, CrossEntropy, Adam(1e-3), Epochs(30), BatchSize(64, DropLast = true)]
public partial class Natural;

[Trainer<Cnn>, CrossEntropy, AdversarialTraining(Attack = Attack.Fgsm, Epsilon = 0.1, CleanShare = 0)]
[Adam(1e-3), Epochs(30), BatchSize(64, DropLast = true)]
public partial class ByFgsm;

[Trainer<Cnn>, CrossEntropy, AdversarialTraining(Epsilon = 0.1, StepSize = 0.025, Steps = 7)]
[Adam(1e-3), Epochs(30), BatchSize(64, DropLast = true)]
public partial class ByPgd;

[Trainer<Cnn>, CrossEntropy, Trades(Epsilon = 0.1, StepSize = 0.025, Steps = 7)]
[Adam(1e-3), Epochs(30), BatchSize(64, DropLast = true)]
public partial class ByTrades;

/// <summary>The teacher of a defensive distillation (Papernot et al. 2016, arXiv 1511.04508): cross-entropy at temperature
/// 20.</summary>
[Trainer<Cnn>, Adam(1e-3), Epochs(30), BatchSize(64, DropLast = true)]
public partial class Tempered
{
    [Objective(Labels = LabelType.Classes)]
    private static Tensor AtTemperature(Tensor logits, Tensor labels) =>
        nn.functional.cross_entropy(logits / 20, labels, reduction: nn.Reduction.None);
}

/// <summary>Its student: the teacher's probabilities at that temperature, and used without one.</summary>
[Trainer<Cnn>, Distill(Temperature = 20), Adam(1e-3), Epochs(30), BatchSize(64, DropLast = true)]
public partial class Distilled;

/// <summary>A sample without its noise.</summary>
[Model(1, 8, 8), Flatten, Linear(128), ReLU, Linear(32)]
public partial class Encoder;

[Model(32), Linear(128), ReLU, Linear(64), Sigmoid, Reshape(1, 8, 8)]
public partial class Decoder;

[Trainer<Encoder>, DenoisingAutoencoder<Decoder>(Masking = 0, Deviation = 0.1), Adam(1e-3), Epochs(100)]
[BatchSize(64, DropLast = true)]
public partial class Denoiser;
