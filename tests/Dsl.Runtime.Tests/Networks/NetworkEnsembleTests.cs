using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Networks;

public class NetworkEnsembleTests
{
    [Theory]
    [InlineData(-1, 5L, 3L)]
    [InlineData(-1, 5L, 4L, 3L)]
    [InlineData(1, 5L, 3L, 4L, 6L)]
    public void Its_probabilities_are_the_mean_of_its_networks(int classes, params long[] shape)
    {
        using var generator = new torch.Generator(5);
        using var input = randn(shape, generator: generator);
        using Scaled first = new(1), second = new(-2);
        using var both = new NetworkEnsemble(first, second);
        using var one = new NetworkEnsemble(first);
        var expected = (input.softmax(classes) + (input * -2).softmax(classes)) / 2;
        Assert.True(both.forward(input).exp().allclose(expected, 1e-5, 1e-6));
        Assert.True(one.forward(input).allclose(input.log_softmax(classes), 1e-5, 1e-6));
    }

    private sealed class Scaled(double factor) : nn.Module<Tensor, Tensor>("scaled")
    {
        public override Tensor forward(Tensor input) => input * factor;
    }
}
