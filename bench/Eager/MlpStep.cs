using static TorchSharp.torch.nn;

namespace Bench.Eager;

/// <summary>mlp-adam: the twin of <see cref="Mlp"/> and its trainers.</summary>
internal sealed class MlpStep() : ClassifierStep(Sequential(
    Linear(784, 256), ReLU(),
    Linear(256, 256), ReLU(),
    Linear(256, 10)));
