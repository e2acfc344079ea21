using Dsl.Runtime.Tests.Embedding;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.OutOfDistribution;

public class FeatureDensityTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Scores_are_those_of_the_golden(bool tied)
    {
        using var scope = NewDisposeScope();
        var golden = new EmbeddingGolden("density");
        using var density = FeatureDensity.Fit(golden["train"], golden["labels"], tied);
        string prefix = tied ? "tied_" : "";
        golden.Matches($"{prefix}shrinkage", [.. density.Shrinkage]);
        if (tied) golden.Matches("tied_covariance", density.Covariances[0]);
        else golden.Matches("covariances", density.Covariances);
        golden.Matches($"inside.{prefix}scores", density.Scores(golden["inside"]));
        golden.Matches($"outside.{prefix}scores", density.Scores(golden["outside"]));
    }

    [Fact]
    public void Few_rows_with_many_columns_have_a_density()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(5);
        var features = randn([12, 40], generator: generator);
        using var density = FeatureDensity.Fit(features, arange(12).remainder(2));
        Assert.All(density.Shrinkage, share => Assert.InRange(share, 0.5, 1));
        var found = OutlierDetection.Of(
            density.Scores(randn([50, 40], generator: generator)), density.Scores(randn([50, 40], generator: generator) * 3));
        Assert.True(found.Auroc > 0.99, $"{found}");
    }

    [Fact]
    public void A_class_without_a_covariance_is_named()
    {
        using var scope = NewDisposeScope();
        var features = cat([rand(4, 3), ones(2, 3)]);
        var equal = Assert.Throws<DataMismatchException>(() => FeatureDensity.Fit(features, tensor([0L, 0L, 0L, 0L, 7L, 7L])));
        Assert.Contains("The 2 rows of class 7", equal.Message, StringComparison.Ordinal);
        using var tied = FeatureDensity.Fit(features, tensor([0L, 0L, 0L, 0L, 7L, 7L]), tied: true);
        Assert.Equal([0, 7], tied.Classes);
        Assert.Throws<DataMismatchException>(() => tied.Scores(rand(2, 4)));
    }
}
