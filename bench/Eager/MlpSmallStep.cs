using static TorchSharp.torch.nn;

namespace Bench.Eager;

/// <summary>mlp-small: the twin of <see cref="SmallMlp"/> and its trainers.</summary>
internal sealed class MlpSmallStep() : ClassifierStep(Sequential(
    Linear(64, 64), ReLU(),
    Linear(64, 64), ReLU(),
    Linear(64, 10)));
