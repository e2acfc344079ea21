namespace Dsl.Torch.Tests.Surface;

/// <summary>Activations of the TorchSharp-compatible surface: values, and in-place forms that change their input.</summary>
public class ActivationTests
{
    private static readonly float[] Inputs = [-2, -0.5f, 0, 1, 3];

    public static TheoryData<string, Func<Tensor, bool, Tensor>, double[]> Activations => new()
    {
        { "elu", (x, inplace) => nn.functional.elu(x, 0.5, inplace), [-0.43233236, -0.19673467, 0, 1, 3] },
        { "mish", (x, inplace) => nn.functional.mish(x, inplace), [-0.25250148, -0.22074377, 0, 0.86509839, 2.986535] },
        { "hardswish", (x, inplace) => nn.functional.hardswish(x, inplace), [-1.0 / 3, -5.0 / 24, 0, 2.0 / 3, 3] },
    };

    [Theory]
    [MemberData(nameof(Activations))]
    public void In_place_or_not(string name, Func<Tensor, bool, Tensor> activation, double[] expected)
    {
        using var x = tensor(Inputs);
        using var apart = activation(x, false);
        Assert.Equal(Inputs, x.data<float>().ToArray());
        AssertClose(name, expected, apart);
        using var inPlace = activation(x, true);
        AssertClose(name, expected, x);
        AssertClose(name, expected, inPlace);
    }

    [Fact]
    public void Slopes_are_one_or_one_for_each_channel()
    {
        using var x = tensor(new float[] { -1, 2, -3, -4 }).reshape(2, 2);
        using var one = tensor(new[] { 0.5f });
        using var two = tensor(new[] { 0.5f, 0.1f });
        using var common = nn.functional.prelu(x, one);
        using var apart = nn.functional.prelu(x, two);
        AssertClose("one slope", [-0.5, 2, -1.5, -2], common);
        AssertClose("two slopes", [-0.5, 2, -1.5, -0.4], apart);
    }

    [Fact]
    public void Softplus_is_linear_above_its_threshold()
    {
        using var x = tensor(Inputs);
        using var soft = nn.functional.softplus(x);
        using var linear = nn.functional.softplus(x, 2, 1);
        AssertClose("softplus", [0.12692801, 0.47407698, 0.69314718, 1.31326169, 3.04858735], soft);
        AssertClose("softplus", [0.00907496, 0.15663084, 0.34657359, 1, 3], linear);
    }

    private static void AssertClose(string name, double[] expected, Tensor actual)
    {
        var values = actual.data<float>().ToArray();
        Assert.Equal(expected.Length, values.Length);
        Assert.All(expected.Zip(values), pair => Assert.True(Math.Abs(pair.First - pair.Second) < 1e-5, $"{name}: {pair.Second} instead of {pair.First}"));
    }
}
