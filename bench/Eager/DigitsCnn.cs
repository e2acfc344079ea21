using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace Bench.Eager;

/// <summary>The network that teaches in both cases: the twin of <see cref="Teacher"/>.</summary>
internal static class DigitsCnn
{
    public static Sequential Create() => Sequential(
        Conv2d(1, 16, 3, padding: 1, bias: false), BatchNorm2d(16), ReLU(),
        Conv2d(16, 32, 3, padding: 1, bias: false), BatchNorm2d(32), ReLU(), MaxPool2d(2),
        Flatten(), Linear(32 * 4 * 4, 64), ReLU(), Linear(64, 10));
}
