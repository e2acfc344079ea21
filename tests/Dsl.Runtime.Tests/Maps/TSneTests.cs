using Dsl.Runtime.Tests.Embedding;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Maps;

public class TSneTests
{
    [Fact]
    public void Affinities_divergence_and_gradient_are_those_of_the_golden()
    {
        var golden = new EmbeddingGolden("tsne");
        var affinities = Affinities.Of(golden["features"], golden.Setting("perplexity"), 29);
        double[,] dense = new double[30, 30];
        for (int row = 0; row < 30; row++)
        {
            for (int i = affinities.Starts[row]; i < affinities.Starts[row + 1]; i++)
                dense[row, affinities.Columns[i]] = affinities.Values[i];
        }

        golden.Matches("affinities", [.. dense.Cast<double>()]);
        var (x, y) = Columns(golden["layout"]);
        var divergence = new MapDivergence(affinities, null);
        golden.Matches("divergence", [divergence.Value(x, y)]);
        double[] byX = new double[30], byY = new double[30];
        divergence.Gradient(x, y, 1, byX, byY);
        golden.Matches("gradient", [.. byX.Zip(byY).SelectMany(pair => new[] { pair.First, pair.Second })]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0.0)]
    public void The_gradient_is_that_of_central_differences(double? theta)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(2);
        var affinities = Affinities.Of(randn([23, 3], generator: generator), 5, 15);
        var (x, y) = Columns(randn([23, 2], generator: generator));
        var divergence = new MapDivergence(affinities, theta);
        double[] byX = new double[23], byY = new double[23];
        divergence.Gradient(x, y, 1, byX, byY);
        const double Step = 1e-5;
        for (int i = 0; i < 23; i++)
        {
            foreach (var (places, gradient) in new[] { (x, byX), (y, byY) })
            {
                double here = places[i];
                places[i] = here + Step;
                double above = divergence.Value(x, y);
                places[i] = here - Step;
                double below = divergence.Value(x, y);
                places[i] = here;
                Assert.Equal((above - below) / (2 * Step), gradient[i], 1e-8);
            }
        }
    }

    [Fact]
    public void A_tree_that_opens_every_square_is_exact_and_others_are_near()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(4);
        var affinities = Affinities.Of(randn([400, 5], generator: generator), 10, 30);
        var points = randn([400, 2], generator: generator) * 10;
        points[5] = points[6];
        points[7] = points[6];
        var (x, y) = Columns(points);
        double[] exact = Gradient(null), opened = Gradient(0), near = Gradient(0.5), coarse = Gradient(0.7);
        double largest = exact.Max(Math.Abs);
        Assert.True(Difference(opened) < 1e-12 * largest);
        Assert.InRange(Difference(near), 1e-9 * largest, 0.05 * largest);
        Assert.True(Difference(coarse) > Difference(near));

        double Difference(double[] other) => exact.Zip(other, (a, b) => Math.Abs(a - b)).Max();

        double[] Gradient(double? theta)
        {
            double[] byX = new double[400], byY = new double[400];
            new MapDivergence(affinities, theta).Gradient(x, y, 1, byX, byY);
            return [.. byX, .. byY];
        }
    }

    // Above 2000 rows the tree is used.
    [Theory]
    [InlineData(300)]
    [InlineData(2100)]
    public void Groups_that_are_apart_stay_apart(int rows)
    {
        using var scope = NewDisposeScope();
        var (features, labels) = Groups(rows);
        using var map = TSne.Fit(features, new() { Perplexity = 20, Iterations = 400, ExaggeratedIterations = 150 });
        Assert.Equal([rows, 2], map.Points.shape);
        Assert.InRange(map.Divergence, 0, rows > TSne.ExactRows ? 3 : 2);
        Assert.Equal(1, RetrievalMetrics.Evaluate(map.Points, labels, [1], wholeRanking: false).Cutoffs[0].Recall);
    }

    [Fact]
    public void Equal_settings_give_equal_maps()
    {
        using var scope = NewDisposeScope();
        var (features, _) = Groups(120);
        var settings = new TSneSettings { Perplexity = 10, Iterations = 100, ExaggeratedIterations = 50 };
        using TSne first = TSne.Fit(features, settings), second = TSne.Fit(features, settings);
        using var other = TSne.Fit(features, settings with { Seed = 1 });
        Assert.True(first.Points.equal(second.Points).all().item<bool>());
        Assert.False(first.Points.equal(other.Points).all().item<bool>());
    }

    [Fact]
    public void A_map_that_starts_from_another_keeps_its_places()
    {
        using var scope = NewDisposeScope();
        var (features, _) = Groups(150);
        var settings = new TSneSettings { Perplexity = 10 };
        using var map = TSne.Fit(features, settings);
        using var generator = new Generator(8);
        using var next = TSne.FitFrom(
            features + 0.1 * randn([150, 8], generator: generator), map.Points, settings with { Iterations = 200 });
        double moved = (next.Points - map.Points).square().sum(1).sqrt().mean().item<double>();
        double extent = map.Points.square().sum(1).sqrt().mean().item<double>();
        Assert.InRange(moved, 1e-6, 0.3 * extent);
        Assert.InRange(next.Divergence, 0, 1.2 * map.Divergence);
    }

    [Fact]
    public void Equal_rows_and_a_single_column_are_mapped()
    {
        using var scope = NewDisposeScope();
        var features = arange(40).floor_divide(4).to(ScalarType.Float32).unsqueeze(1);
        using var map = TSne.Fit(features, new() { Perplexity = 5, Iterations = 300, ExaggeratedIterations = 100 });
        Assert.True(map.Points.isfinite().all().item<bool>());
        Assert.True(map.Points.std([0], false, false, null).min().item<double>() > 1e-2);
    }

    [Fact]
    public void What_cannot_be_mapped_is_refused()
    {
        using var scope = NewDisposeScope();
        var few = Assert.Throws<ArgumentOutOfRangeException>(() => TSne.Fit(rand(50, 3)));
        Assert.Contains("16.3 for 50", few.Message, StringComparison.Ordinal);
        var settings = new TSneSettings { Perplexity = 2 };
        Assert.Throws<DataMismatchException>(() => TSne.Fit(ones(10, 3), settings));
        Assert.Throws<DataMismatchException>(() => TSne.FitFrom(rand(10, 3), rand(9, 2), settings));
        Assert.Throws<ArgumentOutOfRangeException>(() => TSne.Fit(rand(10, 3), settings with { Theta = 1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => TSne.Fit(rand(10, 3), settings with { LearningRate = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => TSne.Fit(rand(10, 3), settings with { EarlyExaggeration = 0.5 }));
    }

    private static (Tensor Features, Tensor Labels) Groups(int rows)
    {
        using var generator = new Generator(9);
        var labels = arange(rows).remainder(3);
        var centers = eye(3, 8) * 12;
        return (centers.index_select(0, labels) + randn([rows, 8], generator: generator), labels);
    }

    private static (double[] X, double[] Y) Columns(Tensor layout)
    {
        double[] numbers = layout.to(ScalarType.Float64).contiguous().data<double>().ToArray();
        return ([.. numbers.Where((_, i) => i % 2 == 0)], [.. numbers.Where((_, i) => i % 2 == 1)]);
    }
}
