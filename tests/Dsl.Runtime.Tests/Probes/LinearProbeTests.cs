using Dsl.Runtime.Tests.Embedding;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Probes;

public class LinearProbeTests
{
    [Fact]
    public void The_minimum_is_that_of_the_golden()
    {
        using var scope = NewDisposeScope();
        var golden = new EmbeddingGolden("probes");
        using var probe = LinearProbe.Fit(golden["train"], golden["train_labels"], golden.Setting("l2"), tolerance: 1e-9);
        Assert.True(probe.Converged);
        Assert.Equal(golden.Numbers("objective")[0], probe.Objective, 1e-12);
        golden.Matches("probabilities", probe.Probabilities(golden["test"]), 1e-7);
        double right = probe.Probabilities(golden["test"]).argmax(1).eq(golden["test_labels"]).sum().item<long>();
        Assert.Equal(right / 45, probe.Accuracy(golden["test"], golden["test_labels"]), 1e-12);
    }

    [Fact]
    public void Equal_data_give_equal_results()
    {
        using var scope = NewDisposeScope();
        var golden = new EmbeddingGolden("probes");
        using var first = LinearProbe.Fit(golden["train"], golden["train_labels"]);
        using var second = LinearProbe.Fit(golden["train"], golden["train_labels"]);
        Assert.True(first.Probabilities(golden["test"]).equal(second.Probabilities(golden["test"])).all().item<bool>());
    }

    [Fact]
    public void It_says_when_it_has_not_converged()
    {
        var golden = new EmbeddingGolden("probes");
        using var probe = LinearProbe.Fit(golden["train"], golden["train_labels"], iterations: 2);
        Assert.False(probe.Converged);
        Assert.Equal(2, probe.Iterations);
        Assert.Contains("did not converge", probe.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Units_of_columns_and_constant_ones_change_nothing()
    {
        using var scope = NewDisposeScope();
        var golden = new EmbeddingGolden("probes");
        Tensor train = golden["train"].to(ScalarType.Float64), test = golden["test"].to(ScalarType.Float64);
        Tensor Other(Tensor rows) => cat([rows * 1000 + 7, full(rows.size(0), 1, 0.1, ScalarType.Float64)], 1);
        using var probe = LinearProbe.Fit(train, golden["train_labels"], tolerance: 1e-9);
        using var other = LinearProbe.Fit(Other(train), golden["train_labels"], tolerance: 1e-9);
        Assert.True(allclose(probe.Probabilities(test), other.Probabilities(Other(test)), 1e-6, 1e-8));
    }

    [Fact]
    public void A_single_class_and_wrong_numbers_are_refused()
    {
        using var scope = NewDisposeScope();
        var one = Assert.Throws<DataMismatchException>(() => LinearProbe.Fit(rand(3, 2), zeros(3, ScalarType.Int64)));
        Assert.Contains("at least two classes", one.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => LinearProbe.Fit(rand(3, 2), arange(3), penalty: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => LinearProbe.Fit(rand(3, 2), arange(3), iterations: 0));
    }
}
