using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Operators;

/// <summary>Derivatives of activations with a number against autograd: as a loop over memory, on threads, and in
/// operators.</summary>
public sealed class ActivationGradientTests
{
    // Lengths around a vector's, and one that several threads share.
    private static readonly long[] s_lengths = [0, 1, 7, 8, 9, 33, 200_003];

    public static TheoryData<string, ScalarType, bool> Cases()
    {
        var cases = new TheoryData<string, ScalarType, bool>();
        foreach (string name in new[] { "relu", "leaky", "elu", "softplus" })
            foreach (var type in new[] { ScalarType.Float32, ScalarType.Float64 })
                foreach (bool strided in new[] { false, true })
                    cases.Add(name, type, strided);
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void They_are_autograds(string name, ScalarType type, bool strided)
    {
        foreach (long length in s_lengths)
        {
            using var scope = NewDisposeScope();
            using var generator = new Generator(3);
            var x = Make(length, type, strided, generator).mul_(5).requires_grad_();
            var gradient = Make(length, type, strided, generator);
            var y = Apply(name, x);
            y.backward([gradient]);
            using var noGrad = no_grad();
            Close(x.grad!, Derive(name, gradient, x.detach(), y.detach()));
            if (name == "softplus") continue;
            var copy = strided ? gradient.clone().t().contiguous().t() : gradient.clone();
            Assert.Same(copy, DeriveInPlace(name, copy, y.detach()));
            Close(x.grad!, copy);
        }
    }

    [Fact]
    public void What_is_not_a_number_passes_its_gradient_as_in_libtorch()
    {
        using var x = full(17, float.NaN);
        using var gradient = ones(17);
        using var result = Aten.threshold_backward(gradient, x, 0);
        Assert.All(result.data<float>().ToArray(), value => Assert.Equal(1, value));
    }

    private static Tensor Make(long length, ScalarType type, bool strided, Generator generator) =>
        strided ? randn([length, 2], type, generator: generator).t() : randn([2, length], type, generator: generator);

    private static Tensor Apply(string name, Tensor x) => name switch
    {
        "relu" => x.relu(),
        "leaky" => x.leaky_relu(0.2),
        "elu" => x.elu(0.7, 1, 1),
        _ => nn.functional.softplus(x, 2, 6),
    };

    private static Tensor Derive(string name, Tensor gradient, Tensor x, Tensor y) => name switch
    {
        "relu" => Aten.threshold_backward(gradient, y, 0),
        "leaky" => Aten.leaky_relu_backward(gradient, y, 0.2),
        "elu" => Aten.elu_backward(gradient, y, 0.7),
        _ => Aten.softplus_backward(gradient, x, 2, 6),
    };

    private static Tensor DeriveInPlace(string name, Tensor gradient, Tensor y) => name switch
    {
        "relu" => Aten.threshold_backward_(gradient, y, 0),
        "leaky" => Aten.leaky_relu_backward_(gradient, y, 0.2),
        _ => Aten.elu_backward_(gradient, y, 0.7),
    };

    private static void Close(Tensor expected, Tensor actual)
    {
        Assert.Equal(expected.shape, actual.shape);
        if (expected.numel() > 0) Assert.True((expected - actual).abs().max().to(ScalarType.Float64).item<double>() < 1e-5);
    }
}
