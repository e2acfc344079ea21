using Dsl.Runtime.Tests.Embedding;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Maps;

public class PcaTests
{
    [Fact]
    public void Components_are_those_of_the_golden()
    {
        var golden = new EmbeddingGolden("pca");
        using var pca = Pca.Fit(golden["features"], 2);
        golden.Matches("components", pca.Components);
        golden.Matches("variances", [.. pca.Variances]);
        golden.Matches("share", [.. pca.Shares]);
        using var projected = pca.Transform(golden["features"]);
        golden.Matches("projected", projected);
    }

    [Fact]
    public void The_sign_is_that_of_the_rows_turned_around()
    {
        using var scope = NewDisposeScope();
        var features = rand(20, 4);
        using Pca pca = Pca.Fit(features, 4), turned = Pca.Fit(-features, 4);
        Assert.True(allclose(pca.Components, turned.Components, 1e-6, 1e-9));
        Assert.Equal(1, pca.Shares.Sum(), 1e-12);
    }

    [Fact]
    public void What_cannot_be_found_is_refused()
    {
        using var scope = NewDisposeScope();
        var many = Assert.Throws<ArgumentOutOfRangeException>(() => Pca.Fit(rand(3, 9), 4));
        Assert.Contains("have 3 components at most", many.Message, StringComparison.Ordinal);
        Assert.Throws<DataMismatchException>(() => Pca.Fit(rand(1, 9), 1));
        using var pca = Pca.Fit(rand(5, 3), 1);
        Assert.Throws<DataMismatchException>(() => pca.Transform(rand(5, 4)));
    }
}
