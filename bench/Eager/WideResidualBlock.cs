using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Bench.Eager;

/// <summary>The twin of <see cref="WideBlock"/>.</summary>
internal sealed class WideResidualBlock : Module<Tensor, Tensor>
{
    private readonly Sequential _main;
    private readonly Module<Tensor, Tensor> _shortcut;

    public WideResidualBlock(int from, int to, int stride) : base(nameof(WideResidualBlock))
    {
        _main = Sequential(
            BatchNorm2d(from), ReLU(inplace: true), Conv2d(from, to, 3, stride: stride, padding: 1, bias: false),
            BatchNorm2d(to), ReLU(inplace: true), Conv2d(to, to, 3, padding: 1, bias: false));
        _shortcut = stride == 1 && from == to ? Identity() : Conv2d(from, to, 1, stride: stride, bias: false);
        RegisterComponents();
    }

    /// <summary>WRN-28-2.</summary>
    public static Sequential Network()
    {
        Module<Tensor, Tensor>[] blocks =
        [
            .. from stage in new (int From, int To, int Stride)[] { (16, 32, 1), (32, 64, 2), (64, 128, 2) }
               from index in Enumerable.Range(0, 4)
               select index == 0
                   ? new WideResidualBlock(stage.From, stage.To, stage.Stride)
                   : new WideResidualBlock(stage.To, stage.To, 1),
        ];
        return Sequential(
        [
            Conv2d(3, 16, 3, padding: 1, bias: false), .. blocks, BatchNorm2d(128), ReLU(inplace: true), AdaptiveAvgPool2d(1),
            Flatten(), Linear(128, 10),
        ]);
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return _main.call(input).add_(_shortcut.call(input)).MoveToOuterDisposeScope();
    }
}
