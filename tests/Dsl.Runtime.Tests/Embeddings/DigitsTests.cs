using Xunit.Abstractions;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Embedding;

/// <summary>Pixels of handwritten digits as embeddings: the numbers that docs/embeddings.md gives, which each test
/// says.</summary>
public class DigitsTests(ITestOutputHelper output)
{
    // NumPy counted 1761, 1759 and 1758 of 1797 from the definitions; 0.94213 by weight.
    [OptdigitsFact]
    public void Nearest_neighbours()
    {
        using var scope = NewDisposeScope();
        var (train, labels, test, actual) = Optdigits.Load();
        int[] right = [.. new[] { 1, 3, 5 }.Select(k =>
            (int)Math.Round(1797 * NearestNeighborProbe.Majority(train, labels, test, actual, k).Accuracy))];
        var weighted = NearestNeighborProbe.Weighted(train, labels, test, actual);
        output.WriteLine($"1, 3, 5 nearest: {string.Join(", ", right)} of 1797 right; 200 weighted: {weighted}");
        Assert.Equal([1761, 1759, 1758], right);
        Assert.Equal(0.9421257651641625, weighted.Accuracy, 1e-9);
    }

    // PyTorch's L-BFGS with a strong Wolfe search in float64 ends at this objective and accuracy.
    [OptdigitsFact]
    public void A_linear_classifier()
    {
        using var scope = NewDisposeScope();
        var (train, labels, test, actual) = Optdigits.Load();
        using var probe = LinearProbe.Fit(train, labels);
        output.WriteLine($"{probe}; accuracy {probe.Accuracy(test, actual)}");
        Assert.True(probe.Converged, probe.ToString());
        Assert.Equal(0.10321179698286562, probe.Objective, 1e-8);
        Assert.Equal(0.9499165275459098, probe.Accuracy(test, actual), 6e-4);
    }

    [OptdigitsFact]
    public void Retrieval()
    {
        using var scope = NewDisposeScope();
        var (_, _, test, actual) = Optdigits.Load();
        var metrics = RetrievalMetrics.Evaluate(test, actual, [1, 10]);
        output.WriteLine(metrics.ToString());
        Assert.Equal(1797, metrics.Queries);
        Assert.InRange(metrics.Cutoffs[0].Recall, 0.98, 1);
        Assert.True(metrics.MeanAveragePrecision > metrics.MeanAveragePrecisionAtR);
    }

    [OptdigitsFact]
    public void Clusters()
    {
        using var scope = NewDisposeScope();
        var (_, _, test, actual) = Optdigits.Load();
        KMeans[] runs = [.. Enumerable.Range(0, 10).Select(seed => KMeans.Fit(test, 10, seed))];
        var best = runs.MinBy(run => run.Inertia)!;
        var agreement = ClusterAgreement.Of(best.Assignments, actual);
        output.WriteLine($"{best}; {agreement}");
        Assert.All(runs, run => Assert.True(run.Converged));
        Assert.InRange(agreement.NormalizedMutualInformation, 0.7, 0.8);
        foreach (var run in runs) run.Dispose();
    }

    [OptdigitsFact]
    public void Digits_that_training_never_saw()
    {
        using var scope = NewDisposeScope();
        var (train, labels, test, actual) = Optdigits.Load();
        using var density = FeatureDensity.Fit(train[labels.lt(8)], labels[labels.lt(8)]);
        using var tied = FeatureDensity.Fit(train[labels.lt(8)], labels[labels.lt(8)], tied: true);
        Tensor within = test[actual.lt(8)], outside = test[actual.ge(8)];
        var own = OutlierDetection.Of(density.Scores(within), density.Scores(outside));
        var shared = OutlierDetection.Of(tied.Scores(within), tied.Scores(outside));
        output.WriteLine($"own {own}, shrunk by {density.Shrinkage.Min():0.0000} to {density.Shrinkage.Max():0.0000}");
        output.WriteLine($"tied {shared}");
        Assert.InRange(own.Auroc, 0.9, 1);
        Assert.InRange(shared.Auroc, 0.8, 1);
    }

    // The share of points whose nearest one is of their class says what of the classes the picture keeps.
    [OptdigitsFact]
    public void Maps()
    {
        using var scope = NewDisposeScope();
        var (_, _, test, actual) = Optdigits.Load();
        using var pca = Pca.Fit(test, 2);
        var clock = System.Diagnostics.Stopwatch.StartNew();
        using var map = TSne.Fit(test, new() { Iterations = 400 });
        output.WriteLine($"t-SNE {clock.Elapsed.TotalSeconds:0.0} s, divergence {map.Divergence}, nearest {Nearest(map.Points)}");
        output.WriteLine($"two components: {pca.Shares.Sum():0.0000} of the variance, nearest {Nearest(pca.Transform(test))}");
        Assert.InRange(Nearest(map.Points), 0.97, 1);
        Assert.InRange(Nearest(pca.Transform(test)), 0.4, 0.7);
        if (Environment.GetEnvironmentVariable("DSL_MAP") is { Length: > 0 } path)
            new EmbeddingMap(map.Points, actual) { Title = "t-SNE of 1,797 digits" }.WriteSvg(path);

        double Nearest(Tensor points) => RetrievalMetrics.Evaluate(points, actual, [1], wholeRanking: false).Cutoffs[0].Recall;
    }
}
