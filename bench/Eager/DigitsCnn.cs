using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Bench.Eager;

/// <summary>The network that teaches in both cases: the twin of <see cref="Teacher"/> and <see cref="NoisyTeacher"/>.</summary>
internal static class DigitsCnn
{
    /// <param name="dropout">Probability to drop a hidden unit; 0 for a network without dropout.</param>
    public static Sequential Create(double dropout = 0)
    {
        Module<Tensor, Tensor>[] features =
        [
            Conv2d(1, 16, 3, padding: 1, bias: false), BatchNorm2d(16), ReLU(),
            Conv2d(16, 32, 3, padding: 1, bias: false), BatchNorm2d(32), ReLU(), MaxPool2d(2),
            Flatten(), Linear(32 * 4 * 4, 64), ReLU(),
        ];
        Module<Tensor, Tensor>[] noise = dropout > 0 ? [Dropout(dropout)] : [];
        return Sequential([.. features, .. noise, Linear(64, 10)]);
    }
}
