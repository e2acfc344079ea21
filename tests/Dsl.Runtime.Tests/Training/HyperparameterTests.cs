namespace Dsl.Runtime.Tests.Training;

public class HyperparameterTests
{
    [Theory]
    [InlineData(0.0, "[0, 1)")]
    [InlineData(0.999, "[0, 1)")]
    [InlineData(1e300, "(0, inf)")]
    [InlineData(-5.0, "(-inf, inf)")]
    public void A_legal_value_is_returned(double value, string interval) =>
        Assert.Equal(value, Hyperparameter.Check(value, interval));

    [Theory]
    [InlineData(1.0, "[0, 1)", "Momentum is 1, but must be in [0, 1).")]
    [InlineData(0.0, "(0, 1]", "Momentum is 0, but must be in (0, 1].")]
    [InlineData(-0.5, "(0, inf)", "Momentum is -0.5, but must be a finite number above 0.")]
    [InlineData(-1.0, "[0, inf)", "Momentum is -1, but must be a finite number of at least 0.")]
    [InlineData(-1.0, "[0, inf]", "Momentum is -1, but must be at least 0.")]
    [InlineData(2.0, "(-inf, 1)", "Momentum is 2, but must be below 1.")]
    [InlineData(double.NaN, "[0, 1]", "Momentum is NaN, but must be in [0, 1].")]
    [InlineData(double.PositiveInfinity, "(0, inf)", "Momentum is Infinity, but must be a finite number above 0.")]
    [InlineData(double.PositiveInfinity, "(-inf, inf)", "Momentum is Infinity, but must be a finite number.")]
    public void An_illegal_value_is_named_with_its_range(
        double value, string interval, string message)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(
            () => Hyperparameter.Check(value, interval, "Momentum"));
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
        set => _ = Hyperparameter.Check(value, "[0, inf)");
    }
}
