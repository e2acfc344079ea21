using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Loading;

/// <summary>Convolutions are right behind the check, whatever the processor and the number of threads.</summary>
public class ConvolutionCheckTests
{
    [Theory]
    [InlineData(20, 8, 3)]
    [InlineData(3, 1, 3)]
    [InlineData(1, 3, 3)]
    [InlineData(17, 5, 1)]
    [InlineData(16, 16, 5)]
    public void Convolutions_are_those_of_double_precision(int input, int output, int kernel)
    {
        bool first = ConvolutionCheck.Ensure();
        Assert.Equal(first, ConvolutionCheck.Ensure());
        Assert.True(ConvolutionCheck.IsRight());
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        Tensor images = randn([4, input, 8, 8], generator: generator), gradient = randn([4, output, 8, 8], generator: generator);
        Tensor kernels = randn([output, input, kernel, kernel], generator: generator);
        for (int time = 0; time < 10; time++)
        {
            full([4 * 32 * 8 * 8], float.NaN).Dispose();
            var (found, exact) = (Run(ScalarType.Float32), Run(ScalarType.Float64));
            foreach (var (one, other) in found.Zip(exact))
                Assert.True((one.to(ScalarType.Float64) - other).abs().max().item<double>() < 1e-3);
        }

        Tensor[] Run(ScalarType type)
        {
            Tensor x = images.to(type, copy: true).requires_grad_(), w = kernels.to(type, copy: true).requires_grad_();
            Tensor y = nn.functional.conv2d(x, w, padding: [kernel / 2, kernel / 2]);
            y.backward([gradient.to(type)]);
            return [y.detach(), x.grad!, w.grad!];
        }
    }
}
