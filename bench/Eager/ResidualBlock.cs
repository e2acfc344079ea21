using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Bench.Eager;

/// <summary>The twin of <see cref="BasicBlock"/>, with activations in place as in torchvision.</summary>
internal sealed class ResidualBlock : Module<Tensor, Tensor>
{
    private readonly Sequential _main;
    private readonly Module<Tensor, Tensor> _shortcut;

    public ResidualBlock(int from, int to, int stride) : base(nameof(ResidualBlock))
    {
        _main = Sequential(
            Conv2d(from, to, 3, stride: stride, padding: 1, bias: false), BatchNorm2d(to), ReLU(inplace: true),
            Conv2d(to, to, 3, padding: 1, bias: false), BatchNorm2d(to));
        _shortcut = stride == 1 && from == to
            ? Identity()
            : Sequential(Conv2d(from, to, 1, stride: stride, bias: false), BatchNorm2d(to));
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return _main.call(input).add_(_shortcut.call(input)).relu_().MoveToOuterDisposeScope();
    }
}
