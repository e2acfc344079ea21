using Dsl.Runtime.Tests.Embedding;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Clustering;

public class ClusterAgreementTests
{
    [Fact]
    public void Numbers_are_those_of_the_golden()
    {
        var golden = new EmbeddingGolden("agreement");
        var found = ClusterAgreement.Of(golden["first"], golden["second"]);
        golden.Matches("agreement", [found.NormalizedMutualInformation, found.AdjustedRandIndex], 1e-12);
    }

    [Fact]
    public void Names_of_parts_do_not_matter()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(new ClusterAgreement(1, 1), ClusterAgreement.Of(tensor([0L, 0L, 1L, 2L]), tensor([7L, 7L, 0L, 3L])));
        Assert.Equal(new ClusterAgreement(1, 1), ClusterAgreement.Of(tensor([0L, 0L]), tensor([4L, 4L])));
        Assert.Equal(0, ClusterAgreement.Of(tensor([0L, 0L, 0L, 0L]), tensor([0L, 1L, 0L, 1L])).NormalizedMutualInformation);
        Assert.Equal(-0.5, ClusterAgreement.Of(tensor([0L, 0L, 1L, 1L]), tensor([0L, 1L, 0L, 1L])).AdjustedRandIndex, 1e-12);
    }

    [Fact]
    public void What_is_no_division_is_refused()
    {
        using var scope = NewDisposeScope();
        Assert.Throws<DataMismatchException>(() => ClusterAgreement.Of(tensor([0L]), tensor([0L])));
        Assert.Throws<DataMismatchException>(() => ClusterAgreement.Of(tensor([0L, 1L]), tensor([0L, 1L, 2L])));
        Assert.Throws<DataMismatchException>(() => ClusterAgreement.Of(tensor([0L, 1L]), tensor([0L, -1L])));
    }
}
