using Dsl.Runtime;
using TorchSharp;
using Xunit;

namespace Dsl.Tests.Tables;

/// <summary>What a model gets of a row, by statistics of the rows that it is trained on.</summary>
public class PreprocessingTests
{
    private static readonly Apple[] Train =
    [
        new(10, 1, "rot", Size.Small, true, null, "süß") { Store = 1 },
        new(20, null, "grün", Size.Large, false, "x", "süß") { Store = 2 },
        new(null, 4, "gelb", Size.Large, null, null, "süß"),
        new(60, 2, "rot", null, true, null, "sauer; \"sehr\"") { Store = 4 },
    ];

    // Filled in before scaling, as a pipeline of scikit-learn does: the mean 30 of 10, 20 and 60, then mean 30 and deviation
    // 350^(1/2).
    private static readonly double Deviation = Math.Sqrt((400 + 100 + 0 + 900) / 4.0);

    [Fact]
    public void Numbers_are_filled_in_and_scaled_and_categories_one_hot()
    {
        var preprocessing = new TablePreprocessing<Apple>();
        var data = Apple.From(Train);
        preprocessing.Fit(data);
        using var encoded = preprocessing.Encode(data);

        // Weight, diameter and whether it was missing, red, green, other, three sizes, ripe, stores 1, 2 and 4.
        double[][] expected =
        [
            [-20 / Deviation, -1, 0, 1, 0, 0, 1, 0, 0, 1, 1, 0, 0],
            [-10 / Deviation, -1 / 3.0, 1, 0, 1, 0, 0, 0, 1, 0, 0, 1, 0],
            [0, 1, 0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1],
            [30 / Deviation, -1 / 3.0, 0, 1, 0, 0, 0, 0, 1, 1, 0, 0, 1],
        ];
        Assert.Equal([4L, 13L], encoded.Inputs.shape);
        Assert.Equal(expected.SelectMany(row => row), encoded.Inputs.data<float>().ToArray().Select(value => (double)value),
            Near);
        Assert.Equal([0L, 0L, 0L, 1L], encoded.Labels.data<long>().ToArray());
    }

    [Fact]
    public void Statistics_are_those_of_the_training_part_alone()
    {
        var preprocessing = new TablePreprocessing<Apple>();
        preprocessing.FitOnce(Apple.From(Train));
        var other = Apple.From([new Apple(1000, null, "blau", null, null, null, "süß")]);
        preprocessing.FitOnce(other);
        using var encoded = preprocessing.Encode(other);
        double[] expected = [970 / Deviation, -1 / 3.0, 1, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1];
        Assert.Equal(expected, encoded.Inputs.data<float>().ToArray().Select(value => (double)value), Near);
    }

    [Fact]
    public void A_column_without_spread_becomes_zero()
    {
        var preprocessing = new TablePreprocessing<Cloud>();
        var data = Cloud.From([new(3, 1, 0, "left"), new(3, 2, 0, "right")]);
        preprocessing.Fit(data);
        using var encoded = preprocessing.Encode(data);
        Assert.Equal([0f, -1f, 0f, 1f], encoded.Inputs.data<float>().ToArray());
    }

    [Fact]
    public void Numbers_to_predict_are_learned_in_their_own_unit()
    {
        var preprocessing = new TablePreprocessing<Price>();
        var data = Price.From([new(1, 2, 100_000), new(2, 2, 300_000)]);
        preprocessing.Fit(data);
        using var learned = preprocessing.Encode(data);
        using var plain = preprocessing.Encode(data, scaled: false);
        Assert.Equal([-1.0, 1.0], learned.Labels.data<double>().ToArray());
        Assert.Equal([100_000.0, 300_000.0], plain.Labels.data<double>().ToArray());
        using var outputs = torch.tensor(new float[] { -1, 0.5f }).reshape(2, 1);
        using var back = preprocessing.Unscale(outputs);
        Assert.Equal([100_000.0, 250_000.0], back.data<double>().ToArray());
    }

    [Fact]
    public void What_cannot_be_found_is_an_error()
    {
        var preprocessing = new TablePreprocessing<Apple>();
        var error = Assert.Throws<InvalidOperationException>(() => preprocessing.Encode(Apple.From(Train)));
        Assert.Contains("The statistics of Apple are not known", error.Message, StringComparison.Ordinal);
        var mismatch = Assert.Throws<DataMismatchException>(() => preprocessing.Fit(Apple.From([Train[2]])));
        Assert.Contains("Column 'Gewicht (g)' has no value in any of the 1 rows that are trained on, and so no mean.",
            mismatch.Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => preprocessing.Fit(Apple.From([])));
    }

    private static bool Near(double left, double right) => Math.Abs(left - right) < 1e-6 * Math.Max(1, Math.Abs(left));
}
