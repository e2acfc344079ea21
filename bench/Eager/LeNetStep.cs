using static TorchSharp.torch.nn;

namespace Bench.Eager;

/// <summary>lenet: the twin of <see cref="LeNet"/> and its trainers.</summary>
internal sealed class LeNetStep() : ClassifierStep(Sequential(
    Conv2d(1, 6, 5, padding: 2), Tanh(), AvgPool2d(2),
    Conv2d(6, 16, 5), Tanh(), AvgPool2d(2),
    Flatten(), Linear(400, 120), Tanh(), Linear(120, 84), Tanh(), Linear(84, 10)));
