using Dsl.Runtime;
using Dsl.Tests.Gans;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>Generators and their judges trained whole: what they learn, and what is told of those that learn nothing.</summary>
public class GanTests
{
    private const double Deviation = 0.2;

    /// <summary>Every one of four clusters gets its share of the samples, and few samples lie in none. Of six seeds the least
    /// share was 0.20, and the least part of all samples that lay in any 0.91.</summary>
    [Fact]
    public void A_gan_learns_four_clusters()
    {
        using var data = Clusters(4000);
        using var trainer = new PointGan(new PointMaker(new Generator(1)), new PointJudge(new Generator(2)));
        trainer.Fit(data);
        Covers(trainer.Sample(4000));
    }

    /// <summary>Of six seeds the least share was 0.18, and the least part of all samples 0.77.</summary>
    [Fact]
    public void A_wasserstein_gan_learns_four_clusters()
    {
        using var data = Clusters(4000);
        using var trainer = new PointWgan(new PointMaker(new Generator(1)), new PointJudge(new Generator(2)));
        trainer.Fit(data);
        Covers(trainer.Sample(4000));
    }

    /// <summary>Clipped weights make a blunt critic: samples lie about each cluster, but not as closely as with a
    /// penalty.</summary>
    [Fact]
    public void A_wasserstein_gan_with_clipped_weights_learns_four_clusters()
    {
        using var data = Clusters(4000);
        using var trainer = new ClippedPointWgan(new PointMaker(new Generator(1)), new PointJudge(new Generator(2)));
        trainer.Fit(data);
        Assert.InRange(trainer.Critic.Arena.Values.abs().max().ToDouble(), 0.099, 0.1 + 1e-6);
        Covers(trainer.Sample(4000), least: 0.06, inAll: 0.4);
    }

    /// <summary>Whatever the noise, a generator without weights makes one sample, and its rate of 10⁻¹² keeps it so.</summary>
    [Fact]
    public void A_generator_of_one_sample_is_warned_of_once()
    {
        using var data = Clusters(1000);
        using var trainer = new WatchedGan(new PointMaker(new Generator(1)), new PointJudge(new Generator(2)))
        {
            LearningRate = 1e-12,
        };
        using (no_grad()) trainer.Model.Arena.Values.zero_();
        var report = trainer.Fit(data);
        string warning = Assert.Single(report.Warnings);
        Assert.Contains("the samples of WatchedGan have collapsed: in epoch 2 they deviate", warning, StringComparison.Ordinal);
        Assert.Contains("penalise the judge's slope", warning, StringComparison.Ordinal);
        Assert.True(report.Epochs[^1].Losses.Single(loss => loss.Name == "sampleSpread").Loss < SampleSpread.Collapsed);
    }

    [Fact]
    public void A_generator_that_learns_is_not_warned_of()
    {
        using var data = Clusters(1000);
        using var trainer = new WatchedGan(new PointMaker(new Generator(1)), new PointJudge(new Generator(2)));
        var report = trainer.Fit(data);
        Assert.Empty(report.Warnings);
        double[] spreads = [.. report.Epochs.Select(epoch => epoch.Losses.Single(loss => loss.Name == "sampleSpread").Loss)];
        Assert.True(spreads[^1] > spreads[0], string.Join(", ", spreads));
    }

    [Fact]
    public void A_generator_that_is_updated_seldom_is_watched_when_it_is()
    {
        using var data = Clusters(1000);
        using var trainer = new WatchedWgan(new PointMaker(new Generator(1)), new PointJudge(new Generator(2)))
        {
            LearningRate = 1e-12,
        };
        using (no_grad()) trainer.Model.Arena.Values.zero_();
        Assert.Contains("have collapsed", Assert.Single(trainer.Fit(data).Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Spread_is_measured_in_units_of_the_datas()
    {
        using var scope = NewDisposeScope();
        var data = randn(2000, 3, 2) * tensor(new float[] { 1, 2 });
        Assert.Equal(0.25, SampleSpread.Of(data.flip(0) * 0.25 + 7, data).ToDouble(), 1e-5);
        Assert.Equal(0, SampleSpread.Of(ones_like(data), data).ToDouble(), 1e-9);
        Assert.True(double.IsNaN(SampleSpread.Of(data.narrow(0, 0, 1), data).ToDouble()));
    }

    [Fact]
    public void A_gan_with_a_penalty_of_the_slope_learns_four_clusters()
    {
        using var data = Clusters(4000);
        using var trainer = new PenalizedPointGan(new PointMaker(new Generator(1)), new PointJudge(new Generator(2)));
        trainer.Fit(data);
        Covers(trainer.Sample(4000));
    }

    /// <summary>A label says in which cluster its samples lie: without it each cluster would have a quarter of them.</summary>
    [Fact]
    public void A_conditional_gan_makes_what_labels_say()
    {
        using var data = Clusters(4000);
        using var trainer = new ClusterGan(new ClusterMaker(new Generator(1)), new ClusterJudge(new Generator(2)));
        trainer.Fit(data);
        for (int cluster = 0; cluster < 4; cluster++)
        {
            using var labels = full([1000], cluster, ScalarType.Int64);
            using var samples = trainer.Sample(labels);
            double share = Shares(samples)[cluster];
            Assert.True(share > 0.7, $"{share:0.000} of cluster {cluster}");
        }
    }

    /// <summary>Eight modes on a ring: the gradient penalty leaves none out. Before training none is covered.</summary>
    [Fact]
    public void A_wasserstein_gan_covers_every_mode_of_a_ring()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(5);
        var angles = arange(8, ScalarType.Float32) * (float)(Math.PI / 4);
        var modes = stack([angles.cos(), angles.sin()], 1) * 2;
        var which = arange(4000, ScalarType.Int64).remainder(8);
        var points = modes.index_select(0, which) + (0.1 * randn(4000, 2, generator: generator));
        using var data = new InMemoryData(points.DetachFromDisposeScope(), which.DetachFromDisposeScope());
        using var trainer = new RingWgan(new PointMaker(new Generator(1)), new PointJudge(new Generator(2)));
        Assert.Equal(0, ModeCoverage.Of(trainer.Sample(4000), modes, 0.3, leastShare: 0.02).Covered);
        trainer.Fit(data);
        var found = ModeCoverage.Of(trainer.Sample(4000), modes, 0.3, leastShare: 0.02);
        string all = string.Join(", ", found.Shares.Select(share => share.ToString("0.000")));
        Assert.True(found is { Covered: 8, HasCollapsed: false }, all);
        Assert.True(found.Good > 0.5, all);
    }

    [Fact]
    public void A_conditional_gan_refuses_samples_without_a_label()
    {
        using var scope = NewDisposeScope();
        using var trainer = new ClusterGan(new ClusterMaker(new Generator(1)), new ClusterJudge(new Generator(2)));
        var before = trainer.Discriminator.Arena.Values.clone();
        using var batch = new ClusterGan.Batch(zeros(3, 2), tensor(new long[] { 0, -100, 1 }));
        Assert.Contains("-100", Assert.Throws<DataMismatchException>(() => trainer.Step(batch)).Message);
        Close.To(before, trainer.Discriminator.Arena.Values, "the discriminator", 0);
        Assert.Throws<DataMismatchException>(() => trainer.Sample(tensor(new long[] { 4 })));
        Assert.Throws<DataMismatchException>(() => trainer.Sample(tensor(new long[] { -100 })));
        Assert.Throws<DataMismatchException>(() => trainer.Walk(tensor(new long[] { -100 }), 3));
    }

    /// <summary>The ends of a way are samples, and its places go from one to the other.</summary>
    [Fact]
    public void Walks_go_from_sample_to_sample_in_small_steps()
    {
        using var scope = NewDisposeScope();
        using var trainer = new ClusterGan(new ClusterMaker(new Generator(1)), new ClusterJudge(new Generator(2)));
        var way = trainer.Walk(tensor(new long[] { 2, 0 }), 101, seed: 4);
        Assert.Equal([202, 2], way.shape);
        Close.To(way, trainer.Walk(tensor(new long[] { 2, 0 }), 101, seed: 4), "the same seed", 0);
        var first = way[..101];
        double longest = (first[1..] - first[..100]).square().sum(1L).sqrt().max().ToDouble(),
        whole = (first[100] - first[0]).square().sum().sqrt().ToDouble();
        Assert.True(longest < whole / 5, $"{longest} of {whole}");

        // The second way has its own label: with that of the first it is another one.
        var other = trainer.Walk(tensor(new long[] { 2, 2 }), 101, seed: 4);
        Close.To(first, other[..101], "the first way", 1e-6);
        Assert.True((way[101..] - other[101..]).abs().max().ToDouble() > 1e-3);
        Assert.Throws<ArgumentOutOfRangeException>(() => trainer.Walk(tensor(new long[] { 2 }), 1));
    }

    /// <summary>A generator that has learned nothing passes the test above for no cluster.</summary>
    [Fact]
    public void An_untrained_generator_covers_nothing()
    {
        using var trainer = new PointGan(new PointMaker(new Generator(1)), new PointJudge(new Generator(2)));
        using var samples = trainer.Sample(4000);
        Assert.All(Shares(samples), share => Assert.True(share < 0.05, $"{share:0.000}"));
    }

    private static void Covers(Tensor samples, double least = 0.1, double inAll = 0.6)
    {
        using (samples)
        {
            var shares = Shares(samples);
            string all = string.Join(", ", shares.Select(share => share.ToString("0.000")));
            Assert.All(shares, share => Assert.True(share > least, all));
            Assert.True(shares.Sum() > inAll, all);
        }
    }

    /// <summary>The share of the samples that lie within three deviations of each cluster's centre.</summary>
    private static List<double> Shares(Tensor samples)
    {
        using var scope = NewDisposeScope();
        return [.. Centres().Select(centre =>
            ((samples - tensor(centre)).square().sum(1L).sqrt() < 3 * Deviation).to(ScalarType.Float64).mean().ToDouble())];
    }

    private static float[][] Centres() => [[1.5f, 1.5f], [1.5f, -1.5f], [-1.5f, 1.5f], [-1.5f, -1.5f]];

    private static InMemoryData Clusters(int samples)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(5);
        var centres = stack(Centres().Select(centre => tensor(centre)).ToArray());
        var which = arange(samples, ScalarType.Int64).remainder(4);
        var points = centres.index_select(0, which) + (Deviation * randn(samples, 2, generator: generator));
        return new InMemoryData(points.MoveToOuterDisposeScope(), which.MoveToOuterDisposeScope());
    }
}
