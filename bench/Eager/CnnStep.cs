using static TorchSharp.torch.nn;

namespace Bench.Eager;

/// <summary>cnn-adam: the twin of <see cref="Cnn"/> and its trainers.</summary>
internal sealed class CnnStep() : ClassifierStep(Sequential(
    Conv2d(1, 32, 3, padding: 1), ReLU(), MaxPool2d(2),
    Conv2d(32, 64, 3, padding: 1), ReLU(), MaxPool2d(2),
    Flatten(), Linear(64 * 7 * 7, 128), ReLU(), Linear(128, 10)));
