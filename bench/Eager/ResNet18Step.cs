using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Bench.Eager;

/// <summary>resnet18: the twin of <see cref="ResNet18"/> and its trainers.</summary>
internal sealed class ResNet18Step() : ClassifierStep(
    Sequential(
        Conv2d(3, 64, 3, padding: 1, bias: false), BatchNorm2d(64), ReLU(inplace: true),
        new ResidualBlock(64, 64, 1), new ResidualBlock(64, 64, 1),
        new ResidualBlock(64, 128, 2), new ResidualBlock(128, 128, 1),
        new ResidualBlock(128, 256, 2), new ResidualBlock(256, 256, 1),
        new ResidualBlock(256, 512, 2), new ResidualBlock(512, 512, 1),
        AdaptiveAvgPool2d(1), Flatten(), Linear(512, 10)),
    parameters => optim.SGD(parameters, 0.002, momentum: 0.9, weight_decay: 5e-4));
