using Dsl.Runtime.Tests.Embedding;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Probes;

public class NearestNeighborProbeTests
{
    [Fact]
    public void Votes_are_those_of_the_golden()
    {
        var golden = new EmbeddingGolden("probes");
        Tensor train = golden["train"], labels = golden["train_labels"], test = golden["test"], actual = golden["test_labels"];
        int neighbors = (int)golden.Setting("neighbors");
        var majority = NearestNeighborProbe.Majority(train, labels, test, actual, neighbors);
        var weighted = NearestNeighborProbe.Weighted(train, labels, test, actual, neighbors, golden.Setting("temperature"));
        Assert.Equal(golden.Integers("majority"), majority.Predicted);
        Assert.Equal(golden.Integers("weighted"), weighted.Predicted);
        double right = majority.Predicted.Zip(golden.Integers("test_labels")).Count(pair => pair.First == pair.Second);
        Assert.Equal(right / 45, majority.Accuracy, 1e-12);
    }

    [Fact]
    public void A_tie_goes_to_the_nearer_class()
    {
        using var scope = NewDisposeScope();
        Tensor train = tensor([1f, 2f, 3f, 4f]).reshape(4, 1), labels = tensor([3L, 1L, 1L, 3L]);
        Tensor test = tensor([0f, 5f]).reshape(2, 1), actual = tensor([3L, 3L]);
        Assert.Equal([3, 3], NearestNeighborProbe.Majority(train, labels, test, actual, 4).Predicted);
        Assert.Equal([1, 1], NearestNeighborProbe.Majority(train, labels, test, actual, 3).Predicted);
    }

    [Fact]
    public void A_low_temperature_does_not_overflow()
    {
        using var scope = NewDisposeScope();
        Tensor train = tensor([1f, 0f, 0f, 1f, 0f, 2f]).reshape(3, 2), labels = tensor([0L, 1L, 1L]);
        Assert.Equal(1, NearestNeighborProbe.Weighted(train, labels, train, labels, 3, 1e-4).Accuracy);
        Assert.Throws<ArgumentOutOfRangeException>(() => NearestNeighborProbe.Weighted(train, labels, train, labels, 3, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => NearestNeighborProbe.Weighted(train, labels, train, labels));
    }
}
