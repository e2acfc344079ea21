using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Bench.Eager;

/// <summary>mlp-sgd: the twin of <see cref="Mlp"/> and its trainers with momentum.</summary>
internal sealed class MlpSgdStep() : ClassifierStep(
    Sequential(Linear(784, 256), ReLU(), Linear(256, 256), ReLU(), Linear(256, 10)),
    parameters => optim.SGD(parameters, 0.1, momentum: 0.9));
