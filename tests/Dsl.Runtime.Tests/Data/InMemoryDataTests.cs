using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Data;

public class InMemoryDataTests
{
    [Fact]
    public void Samples_are_read_in_the_order_asked_for()
    {
        using var data = Samples(0, 1, 2, 3);
        using var indices = tensor([3L, 0L]);
        using var inputs = data.ReadInputs(indices);
        using var labels = data.ReadLabels(indices);
        Assert.Equal([2L, 1L], inputs.shape);
        Assert.Equal([3f, 0f], inputs.data<float>().ToArray());
        Assert.Equal([3L, 0L], labels.data<long>().ToArray());
    }

    [Fact]
    public void Data_outlives_the_scope_that_made_it()
    {
        InMemoryData data;
        using (NewDisposeScope())
        {
            data = Samples(0, 1);
        }

        Assert.Equal(2, data.Inputs.size(0));
        data.Dispose();
    }

    [Fact]
    public void Parts_are_given_by_their_share_too()
    {
        using var data = Samples([.. Enumerable.Repeat(0L, 60), .. Enumerable.Repeat(1L, 30)]);
        var (train, test) = data.StratifiedSplit(0.2, seed: 1);
        Assert.Equal([48, 24], CountsOf(train));
        Assert.Equal([12, 6], CountsOf(test));
        train.Dispose();
        test.Dispose();
        (train, test) = data.Split(0.1);
        Assert.Equal((81, 9), (train.Count, test.Count));
        var ids = train.Inputs.data<float>().ToArray().Concat(test.Inputs.data<float>().ToArray());
        Assert.Equal(Enumerable.Range(0, 90).Select(id => (float)id), ids.Order());
        train.Dispose();
        test.Dispose();
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Split(1.5));
    }

    [Fact]
    public void A_split_keeps_proportions_and_shares_no_sample()
    {
        // 60 of class 0, 30 of class 1, 11 of class 2; the inputs number the samples.
        long[] labels = [.. Enumerable.Repeat(0L, 60), .. Enumerable.Repeat(1L, 30), .. Enumerable.Repeat(2L, 11)];
        using var data = Samples(labels);
        var (train, test) = data.StratifiedSplit(20, seed: 1);
        Assert.Equal(20, test.Count);
        Assert.Equal(81, train.Count);

        // 20/101 of 60, 30 and 11 is 11.9, 5.9 and 2.2.
        Assert.Equal([12, 6, 2], CountsOf(test));
        Assert.Equal([48, 24, 9], CountsOf(train));
        var ids = train.Inputs.data<float>().ToArray().Concat(test.Inputs.data<float>().ToArray());
        Assert.Equal(Enumerable.Range(0, 101).Select(id => (float)id), ids.Order());
        Assert.All(
            test.Inputs.data<float>().ToArray().Zip(test.Labels.data<long>().ToArray()),
            sample => Assert.Equal(labels[(int)sample.First], sample.Second));
        train.Dispose();
        test.Dispose();
    }

    [Fact]
    public void A_split_begins_with_samples_of_all_classes()
    {
        using var data = Samples([.. Enumerable.Range(0, 1000).Select(id => (long)id % 10)]);
        double classes = Enumerable.Range(0, 40).Average(seed =>
        {
            var (train, test) = data.StratifiedSplit(300, seed);
            using (train)
            using (test) return train.Labels.data<long>().ToArray().Take(20).Distinct().Count();
        });

        // Of 20 samples at random, 10 (1 - 0.9^20) = 8.8 classes.
        Assert.InRange(classes, 8.3, 9.3);
    }

    [Fact]
    public void A_split_depends_on_the_seed_only()
    {
        using var data = Samples([.. Enumerable.Range(0, 100).Select(id => (long)id % 5)]);
        Assert.Equal(TestIds(data, 1), TestIds(data, 1));
        Assert.NotEqual(TestIds(data, 1), TestIds(data, 2));

        static float[] TestIds(InMemoryData data, long seed)
        {
            var (train, test) = data.StratifiedSplit(25, seed);
            using (train)
            using (test)
            {
                return test.Inputs.data<float>().ToArray();
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public void A_split_that_leaves_a_part_empty_is_refused(long testCount)
    {
        using var data = Samples(0, 1, 0, 1);
        Assert.Contains("1 to 3", Assert.Throws<ArgumentOutOfRangeException>(() => data.StratifiedSplit(testCount, 0)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_balanced_subset_has_equally_many_of_each_class()
    {
        using var data = Samples([.. Enumerable.Repeat(4L, 90), .. Enumerable.Repeat(9L, 5)]);
        using var subset = data.BalancedSubset(6, seed: 0);
        Assert.Equal([3, 3], CountsOf(subset));
        Assert.Contains(
            "class", Assert.Throws<ArgumentException>(() => data.BalancedSubset(5, 0)).Message, StringComparison.Ordinal);
        Assert.Contains("Class 9 has 5", Assert.Throws<ArgumentException>(() => data.BalancedSubset(12, 0)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Samples_are_chosen_by_class()
    {
        using var data = Samples(3, 1, 3, 2);
        using var others = data.WhereLabel(label => label != 3);
        Assert.Equal([1f, 3f], others.Inputs.data<float>().ToArray());
    }

    [Fact]
    public void Tensors_that_do_not_belong_together_are_refused()
    {
        using var inputs = zeros(4, 2);
        using var fewLabels = zeros(3, ScalarType.Int64);
        using var bytes = zeros(4, ScalarType.Byte);
        Assert.Contains("3 labels", Assert.Throws<ArgumentException>(() => new InMemoryData(inputs, fewLabels)).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "int64", Assert.Throws<ArgumentException>(() => new InMemoryData(inputs, bytes)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Targets_are_real_numbers_of_any_shape_and_no_classes()
    {
        using var data = new InMemoryData(arange(4).unsqueeze(1), tensor(new[] { 0.5f, 1, 2, 3, 4, 5, 6, 7 }).reshape(4, 2));
        using var indices = tensor(new[] { 3L, 1 });
        using var targets = data.ReadLabels(indices);
        Assert.Equal([6f, 7, 2, 3], targets.data<float>().ToArray());
        Assert.Contains("Float32", Assert.Throws<InvalidOperationException>(() => data.StratifiedSplit(2, seed: 1)).Message,
            StringComparison.Ordinal);
    }

    /// <summary>Samples with these labels, whose input is their number.</summary>
    private static InMemoryData Samples(params long[] labels) =>
        new(arange(labels.Length, ScalarType.Float32).unsqueeze(1), tensor(labels));

    private static IEnumerable<int> CountsOf(InMemoryData data) =>
        data.Labels.data<long>().ToArray().GroupBy(label => label).OrderBy(group => group.Key).Select(group => group.Count());
}
