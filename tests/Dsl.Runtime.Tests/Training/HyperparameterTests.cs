namespace Dsl.Runtime.Tests.Training;

public class HyperparameterTests
{
    private const double Infinity = double.PositiveInfinity;

    [Theory]
    [InlineData(0.0, 0.0, true, 1.0, false)]
    [InlineData(0.999, 0.0, true, 1.0, false)]
    [InlineData(1e300, 0.0, false, Infinity, false)]
    [InlineData(-5.0, -Infinity, false, Infinity, false)]
    public void A_legal_value_is_returned(double value, double min, bool minInclusive, double max, bool maxInclusive) =>
        Assert.Equal(value, Hyperparameter.Check(value, min, minInclusive, max, maxInclusive));

    [Theory]
    [InlineData(1.0, 0.0, true, 1.0, false, "Momentum is 1, but must be in [0, 1).")]
    [InlineData(0.0, 0.0, false, 1.0, true, "Momentum is 0, but must be in (0, 1].")]
    [InlineData(-0.5, 0.0, false, Infinity, false, "Momentum is -0.5, but must be a finite number above 0.")]
    [InlineData(-1.0, 0.0, true, Infinity, false, "Momentum is -1, but must be a finite number of at least 0.")]
    [InlineData(-1.0, 0.0, true, Infinity, true, "Momentum is -1, but must be at least 0.")]
    [InlineData(2.0, -Infinity, false, 1.0, false, "Momentum is 2, but must be below 1.")]
    [InlineData(double.NaN, 0.0, true, 1.0, true, "Momentum is NaN, but must be in [0, 1].")]
    [InlineData(Infinity, 0.0, false, Infinity, false, "Momentum is Infinity, but must be a finite number above 0.")]
    [InlineData(Infinity, -Infinity, false, Infinity, false, "Momentum is Infinity, but must be a finite number.")]
    public void An_illegal_value_is_named_with_its_range(
        double value, double min, bool minInclusive, double max, bool maxInclusive, string message)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(
            () => Hyperparameter.Check(value, min, minInclusive, max, maxInclusive, "Momentum"));
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
        Assert.Equal("Momentum", error.ParamName);
    }

    [Fact]
    public void The_name_is_that_of_the_calling_property()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => LearningRate = -1);
        Assert.Equal(nameof(LearningRate), error.ParamName);
    }

    private static double LearningRate
    {
        set => _ = Hyperparameter.Check(value, 0, true, Infinity, false);
    }
}
