using Dsl.Runtime.Tests.Embedding;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.OutOfDistribution;

public class OutlierDetectionTests
{
    [Fact]
    public void Rates_are_those_of_the_golden()
    {
        var golden = new EmbeddingGolden("density");
        Assert.True(golden.Numbers("positive").Intersect(golden.Numbers("negative")).Any());
        var found = OutlierDetection.Of(golden["positive"], golden["negative"]);
        golden.Matches("rates", [found.Auroc, found.FprAt95], 1e-12);
    }

    [Fact]
    public void Ties_and_infinite_scores()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(new OutlierDetection(0.5, 1), OutlierDetection.Of(ones(7), ones(3)));
        Assert.Equal(new OutlierDetection(1, 0), OutlierDetection.Of(tensor([1f, 2f]), tensor([0f, float.NegativeInfinity])));
        Assert.Equal(new OutlierDetection(0.75, 0.5), OutlierDetection.Of(tensor([1f, 2f]), tensor([0f, 1.5f])));

        // 19 of 20 are 95 %, and the lowest does not count.
        var within = arange(20).to(ScalarType.Float32);
        Assert.Equal(0.5, OutlierDetection.Of(within, tensor([0.5f, 1f])).FprAt95);
        var wrong = Assert.Throws<DataMismatchException>(() => OutlierDetection.Of(tensor([0f, float.NaN]), ones(1)));
        Assert.Contains("within at place 1 is NaN", wrong.Message, StringComparison.Ordinal);
        Assert.Throws<DataMismatchException>(() => OutlierDetection.Of(zeros(0), ones(1)));
    }

    [Fact]
    public void Confusion_is_that_of_the_golden()
    {
        using var scope = NewDisposeScope();
        var golden = new EmbeddingGolden("density");
        Tensor[] members = [.. Enumerable.Range(0, 4).Select(i => golden["members"][i])];
        golden.Matches("confusion", [ConfusionLogProbability.Of(members, 0, 1, 2)], 1e-12);
        Assert.Throws<ArgumentException>(() => ConfusionLogProbability.Of(members, 0, 5));
        Assert.Throws<ArgumentException>(() => ConfusionLogProbability.Of(members, 1, 1));
        Assert.Throws<ArgumentException>(() => ConfusionLogProbability.Of([], 1));
        Assert.Throws<DataMismatchException>(() => ConfusionLogProbability.Of([rand(2, 3), rand(2, 4)], 1));
    }
}
