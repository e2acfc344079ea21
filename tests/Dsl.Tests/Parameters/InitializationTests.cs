using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests.Parameters;

/// <summary>
/// What initialisers draw. The weights have 240,000 elements: a standard deviation estimated from them is within 0.15 % of the
/// true one as a rule, and within 1 % always.
/// </summary>
public class InitializationTests
{
    [Fact] public void Kaiming_normal() => Normal(new KaimingNormalNet(Seed(1)), Math.Sqrt(2.0 / 400));

    [Fact] public void Kaiming_normal_of_the_outputs_and_tanh() =>
        Normal(new KaimingFanOutNet(Seed(2)), 5.0 / 3 / Math.Sqrt(600));

    [Fact] public void Kaiming_uniform_with_a_slope() => Uniform(new KaimingUniformNet(Seed(3)), Math.Sqrt(3 * 2 / 1.25 / 400));

    [Fact] public void Xavier_normal() => Normal(new XavierNormalNet(Seed(4)), 2 * Math.Sqrt(2.0 / 1000));

    [Fact] public void Xavier_uniform() => Uniform(new XavierUniformNet(Seed(5)), Math.Sqrt(6.0 / 1000));

    [Fact] public void Normal_with_the_default_deviation() => Normal(new NormalNet(Seed(6)), 0.02);

    [Fact] public void Normal_of_a_residual_branch() => Normal(new ResidualNormalNet(Seed(7)), 0.02 / Math.Sqrt(8));

    [Fact] public void Uniform_with_a_bound() => Uniform(new UniformNet(Seed(8)), 0.3);

    [Fact]
    public void Truncated_normal()
    {
        using var model = new TruncatedNormalNet(Seed(9));
        var weight = Weight(model);
        Assert.InRange(weight.abs().max().ToDouble(), 0.0999, 0.1 + 1e-8);
        Near(0.87962566 * 0.05, Deviation(weight));

        // Of a normal distribution 0.6827 lies within one deviation and 0.9545 within two.
        Assert.InRange(weight.abs().lt(0.05).to(ScalarType.Float64).mean().ToDouble(), 0.7152 - 0.005, 0.7152 + 0.005);
        Assert.InRange(weight.mean().ToDouble(), -5e-4, 5e-4);
    }

    [Fact]
    public void Orthogonal()
    {
        using var wide = new OrthogonalWide(Seed(10));
        using var tall = new OrthogonalTall(Seed(11));
        using var kernel = new OrthogonalKernel(Seed(12));
        Orthonormal(Weight(wide), 1.5);
        Orthonormal(Weight(tall).t(), 1);
        Orthonormal(Weight(kernel).reshape(6, 27), 2);
    }

    // Without the signs of R's diagonal the first column of a tall matrix would lie in one half of space.
    [Fact]
    public void Orthogonal_matrices_have_no_preferred_direction()
    {
        using var generator = Seed(13);
        var first = Enumerable.Range(0, 200).Select(_ => new OrthogonalTall(generator).Linear0Weight[0, 0].ToDouble()).ToArray();
        Assert.InRange(first.Count(value => value > 0), 70, 130);
        Assert.InRange(first.Average(), -0.07, 0.07);
    }

    [Fact]
    public void Constant_for_weights_and_biases()
    {
        using var model = new ConstantNet();
        Assert.Equal([0.25, 0.25], model.named_parameters().Select(parameter => (double)parameter.parameter.min().item<float>()));
        Assert.Equal([0.25, 0.25], model.named_parameters().Select(parameter => (double)parameter.parameter.max().item<float>()));
    }

    public static TheoryData<Type> Random =>
    [
        typeof(KaimingNormalNet), typeof(KaimingUniformNet), typeof(XavierNormalNet), typeof(XavierUniformNet), typeof(NormalNet),
        typeof(TruncatedNormalNet), typeof(UniformNet), typeof(OrthogonalWide), typeof(OrthogonalTall), typeof(OrthogonalKernel),
    ];

    [Theory]
    [MemberData(nameof(Random))]
    public void The_generator_alone_decides(Type type)
    {
        manual_seed(1);
        var first = Weight(Create(type, 5));
        manual_seed(2);
        var same = Weight(Create(type, 5));
        var other = Weight(Create(type, 6));
        Assert.True(first.equal(same).all().item<bool>());
        Assert.False(first.equal(other).any().item<bool>());
    }

    [Theory]
    [InlineData(typeof(LinearFan), "linear", 0)]
    [InlineData(typeof(Conv1dFan), "conv1d", 0)]
    [InlineData(typeof(Conv2dFan), "conv2d", 0)]
    [InlineData(typeof(GroupedFan), "conv2d_grouped", 0)]
    [InlineData(typeof(Conv3dFan), "conv3d", 0)]
    [InlineData(typeof(TransposedFan), "conv_transpose2d", 0)]
    [InlineData(typeof(TransposedGroupedFan), "conv_transpose2d_grouped", 0)]
    [InlineData(typeof(BilinearFan), "bilinear", 0)]
    [InlineData(typeof(LinearFanOut), "linear", 1)]
    [InlineData(typeof(TransposedGroupedFanOut), "conv_transpose2d_grouped", 1)]
    public void Fans_are_PyTorchs(Type type, string name, int mode)
    {
        double bound = Math.Sqrt(3.0 / Golden.Load("parameters/fans")[name][mode].item<long>());
        var weight = Weight(Create(type, 3));

        // The largest of n uniform numbers is above 1 − 12/n of the bound but for one time in 160,000.
        Assert.InRange(weight.abs().max().ToDouble(), bound * (1 - (12.0 / weight.numel())), bound * (1 + 1e-6));
    }

    [Fact]
    public void The_nearest_rule_decides()
    {
        using var model = new Rules();
        (string Name, double Value)[] expected =
        [
            ("0.weight", 1), ("0.bias", 1), ("1.weight", 5), ("1.bias", 0),
            ("2.0.weight", 2), ("2.0.bias", 1), ("2.1.weight", 1), ("2.1.bias", 0), ("2.2.weight", 3), ("2.3.weight", 4),
            ("2.3.bias", 0),
            ("3.2.weight", 6), ("3.3.weight", 4), ("4.0.weight", 2), ("4.2.weight", 6),
            ("5.weight", 1), ("5.bias", 9),
        ];
        var state = model.state_dict();
        foreach (var (name, value) in expected)
            Assert.True(state[name].sub(value).abs().max().ToDouble() == 0,
                $"{name} is {state[name].mean().ToDouble()} instead of {value}");
    }

    [Fact]
    public void A_transformers_start()
    {
        using var model = new GptLike(Seed(14));
        var state = model.state_dict();
        Near(0.02, Math.Sqrt(Enumerable.Range(0, 6).Average(block => state[$"{block}.1.weight"].square().mean().ToDouble())),
            0.05);
        Near(0.02 / Math.Sqrt(6),
            Math.Sqrt(Enumerable.Range(0, 6).Average(block => state[$"{block}.3.weight"].square().mean().ToDouble())), 0.05);
        Assert.Equal(1, state["3.0.weight"].min().ToDouble());
        Assert.Equal(0, state["7.bias"].abs().max().ToDouble());
        Assert.Equal(0, state["0.1.bias"].abs().max().ToDouble());
    }

    private static void Normal(nn.Module model, double deviation)
    {
        var weight = Weight(model);
        Near(deviation, Deviation(weight));
        Assert.InRange(weight.mean().ToDouble(), -0.01 * deviation, 0.01 * deviation);

        // The tails and the kurtosis are a normal distribution's: 0.0455 beyond two deviations, E x⁴ = 3σ⁴.
        Assert.InRange(weight.abs().gt(2 * deviation).to(ScalarType.Float64).mean().ToDouble(), 0.0455 - 0.002, 0.0455 + 0.002);
        Assert.InRange(weight.div(deviation).pow(4).mean().ToDouble(), 2.9, 3.1);
    }

    private static void Uniform(nn.Module model, double bound)
    {
        var weight = Weight(model);
        Assert.InRange(weight.abs().max().ToDouble(), 0.999 * bound, bound * (1 + 1e-6));
        Near(bound / Math.Sqrt(3), Deviation(weight));
        Assert.InRange(weight.mean().ToDouble(), -0.01 * bound, 0.01 * bound);
    }

    private static void Orthonormal(Tensor matrix, double gain) =>
        Close.To(eye(matrix.size(0)) * (gain * gain), matrix.mm(matrix.t()), "W Wᵀ");

    private static void Near(double expected, double actual, double tolerance = 0.01) =>
        Assert.InRange(actual, expected * (1 - tolerance), expected * (1 + tolerance));

    private static double Deviation(Tensor weight) => Math.Sqrt((weight - weight.mean()).square().mean().ToDouble());

    /// <summary>The weight of the model's last layer.</summary>
    private static Tensor Weight(nn.Module model) =>
        model.named_parameters().Last(parameter => parameter.name.EndsWith("weight", StringComparison.Ordinal))
            .parameter.detach();

    private static nn.Module Create(Type type, int seed) => (nn.Module)Activator.CreateInstance(type, Seed(seed))!;

    private static Generator Seed(int seed) => new((ulong)seed);
}
