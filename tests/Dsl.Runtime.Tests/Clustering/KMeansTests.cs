using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Clustering;

public class KMeansTests
{
    [Fact]
    public void Separate_groups_are_found()
    {
        using var scope = NewDisposeScope();
        var (features, labels) = Groups(5, 300);
        using var found = KMeans.Fit(features, 5, seed: 1);
        Assert.True(found.Converged);
        Assert.Equal(new ClusterAgreement(1, 1), ClusterAgreement.Of(found.Assignments, labels));
        Assert.Equal(0, found.Reseedings);
        var exact = features.to(ScalarType.Float64);
        double inertia = (exact - found.Centroids.index_select(0, found.Assignments)).square().sum().item<double>();
        Assert.Equal(inertia, found.Inertia, 1e-8 * inertia);
        for (int i = 0; i < 5; i++)
        {
            var mean = exact.index_select(0, found.Assignments.eq(i).nonzero().flatten()).mean([0]);
            Assert.True(allclose(mean, found.Centroids[i], 1e-9, 1e-9));
        }
    }

    // By all 2^9 divisions of ten numbers in two.
    [Fact]
    public void The_best_of_several_seeds_is_the_least_inertia_there_is()
    {
        using var scope = NewDisposeScope();
        double[] numbers = [0, 1, 1.5, 4, 4.2, 5, 9, 9.1, 12, 30];
        double least = Enumerable.Range(1, (1 << 9) - 1).Min(mask => new[] { 0, 1 }.Sum(side =>
        {
            double[] part = [.. numbers.Where((_, i) => ((mask >> i) & 1) == side)];
            return part.Sum(x => Math.Pow(x - part.Average(), 2));
        }));
        var inertias = Enumerable.Range(0, 10).Select(seed =>
        {
            using var found = KMeans.Fit(tensor(numbers).reshape(10, 1), 2, seed);
            return found.Inertia;
        }).ToArray();
        Assert.Equal(least, inertias.Min(), 1e-9);
    }

    [Fact]
    public void Equal_seeds_give_equal_clusters_and_others_other_ones()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(3);
        var features = rand([500, 4], generator: generator);
        using KMeans first = KMeans.Fit(features, 20, 5), second = KMeans.Fit(features, 20, 5);
        using var other = KMeans.Fit(features, 20, 6);
        Assert.True(first.Centroids.equal(second.Centroids).all().item<bool>());
        Assert.False(allclose(first.Centroids, other.Centroids));
    }

    [Fact]
    public void A_cluster_without_rows_shares_those_of_the_largest()
    {
        using var scope = NewDisposeScope();
        var features = cat([tensor([0f, 0.1f, 0.2f, 10f, 10.1f, 10.2f, 10.3f, 20f]).reshape(8, 1)]);
        using var found = KMeans.FitFrom(features, tensor([0f, 15f, 1000f]).reshape(3, 1));
        Assert.Equal(1, found.Reseedings);
        Assert.True(found.Converged);
        Assert.Equal(3, found.Assignments.unique().output.numel());
        using var apart = KMeans.FitFrom(features, tensor([0f, 10f, 20f]).reshape(3, 1));
        Assert.True(found.Inertia < 0.5 * (features - features.mean()).square().sum().item<float>(), $"{found.Inertia}");
        Assert.Contains("1 times a cluster without rows", found.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("times", apart.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Other_rows_are_assigned_to_the_nearest()
    {
        using var scope = NewDisposeScope();
        var (features, _) = Groups(3, 60);
        using var found = KMeans.Fit(features, 3);
        Assert.Equal(found.Assignments.data<long>().ToArray(), found.Assign(features).data<long>().ToArray());
    }

    [Fact]
    public void What_cannot_be_divided_is_refused()
    {
        using var scope = NewDisposeScope();
        var equal = Assert.Throws<DataMismatchException>(() => KMeans.Fit(ones(10, 2), 2));
        Assert.Contains("1 different rows for 2 clusters", equal.Message, StringComparison.Ordinal);
        var given = Assert.Throws<DataMismatchException>(() => KMeans.FitFrom(ones(10, 2), rand(3, 2)));
        Assert.Contains("different rows for 3 clusters", given.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => KMeans.Fit(rand(3, 2), 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => KMeans.Fit(rand(3, 2), 2, iterations: 0));
    }

    private static (Tensor Features, Tensor Labels) Groups(int count, int rows)
    {
        using var generator = new Generator(11);
        var labels = arange(rows).remainder(count);
        var centers = randn([count, 6], generator: generator) * 20;
        return (centers.index_select(0, labels) + randn([rows, 6], generator: generator), labels);
    }
}
