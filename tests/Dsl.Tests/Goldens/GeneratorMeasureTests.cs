using Dsl.Runtime;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>What generators are measured by, against their definitions in numpy.</summary>
public sealed class GeneratorMeasureTests
{
    private readonly Golden _golden = Golden.Load("generators/measures");

    [Fact]
    public void The_distance_of_features()
    {
        Tensor real = _golden["real"], made = _golden["made"];
        double expected = _golden["frechet"].ToDouble();
        Assert.InRange(FrechetDistance.Between(real, made), expected * (1 - 1e-8), expected * (1 + 1e-8));
        Assert.InRange(FrechetDistance.Between(made, real), expected * (1 - 1e-8), expected * (1 + 1e-8));
        Assert.InRange(FrechetDistance.Between(real, real), 0, 1e-8);

        // Of covariances that have no inverse, too: a shift alone is its square.
        using var flat = real.index_select(1, tensor(new long[] { 0, 1, 2, 0 }));
        using var moved = flat + tensor(new[] { 2f, 0, 0, 1 });
        Assert.InRange(FrechetDistance.Between(flat, moved), 5 - 1e-4, 5 + 1e-4);
    }

    [Fact]
    public void The_score_of_a_classifier()
    {
        Assert.Equal(_golden["inception"].ToDouble(), InceptionScore.Of(_golden["logits"]), 10);
        using var sure = eye(6) * tensor(1000f);
        Assert.Equal(6, InceptionScore.Of(sure), 10);
        Assert.Equal(1, InceptionScore.Of(sure[..1]), 10);
        using var unsure = zeros(4, 6);
        Assert.Equal(1, InceptionScore.Of(unsure), 10);
    }

    [Fact]
    public void Precision_and_recall_of_a_manifold()
    {
        Tensor real = _golden["real"], made = _golden["made"];
        var scores = ManifoldScores.Of(real, made);
        Assert.Equal(_golden["precision"].ToDouble(), scores.Precision, 10);
        Assert.Equal(_golden["recall"].ToDouble(), scores.Recall, 10);
        Assert.Equal(new ManifoldScores(1, 1), ManifoldScores.Of(real, real));
        using var far = made + tensor(1e3f);
        Assert.Equal(new ManifoldScores(0, 0), ManifoldScores.Of(real, far));
    }

    [Fact]
    public void What_cannot_be_measured_is_refused()
    {
        Tensor real = _golden["real"];
        Assert.Throws<DataMismatchException>(() => FrechetDistance.Between(real, real[..1]));
        Assert.Throws<DataMismatchException>(() => FrechetDistance.Between(real, zeros(5, 3)));
        Assert.Throws<DataMismatchException>(() => FrechetDistance.Between(real, full([5, 4], float.NaN)));
        Assert.Throws<DataMismatchException>(() => ManifoldScores.Of(real, real[..3]));
        Assert.Throws<ArgumentOutOfRangeException>(() => ManifoldScores.Of(real, real, 0));
        Assert.Throws<DataMismatchException>(() => InceptionScore.Of(zeros(5)));
    }
}
