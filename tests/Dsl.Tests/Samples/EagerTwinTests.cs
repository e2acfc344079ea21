using Bench;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests.Samples;

/// <summary>The benchmark's sides do the same work: from equal parameters they come to equal losses and parameters. The benchmark
/// itself compares twenty steps of every workload; the large ones are left to it.</summary>
public class EagerTwinTests
{
    private const int Steps = 4;

    private static readonly string[] Large = ["resnet18", "wrn-fixmatch", "vit-tiny"];

    public static IEnumerable<object[]> Sides =>
        from name in Workload.All.Keys.Except(Large)
        from target in new[] { Side.Explicit, Side.Autograd }
        select new object[] { name, target };

    [Theory]
    [MemberData(nameof(Sides))]
    public void Twins_learn_the_same(string name, string target)
    {
        string path = Path.GetTempFileName();
        try
        {
            StartingPoint.Write(Workload.All[name], path);
            using var start = StartingPoint.Read(path);
            var (ours, twin) = (Create(start, name, target), Create(start, name, Side.TorchSharp));
            var batches = start.Batches(withDraws: true);
            for (int step = 0; step < Steps; step++)
            {
                ours.Run(batches[step % batches.Length]);
                twin.Run(batches[step % batches.Length]);
                Assert.Equal(twin.Loss(), ours.Loss(), 1e-6 + 1e-5 * twin.Loss());
            }

            AssertEqualParameters(ours.Networks, twin.Networks);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static Side Create(StartingPoint start, string name, string side)
    {
        var created = Side.Create(Workload.All[name], side);
        start.Load(created.Networks);
        return created;
    }

    // In the mean: where a derivative is zero but for rounding, as of a key's bias, Adam makes whole steps of noise. TorchSharp's
    // modules list their parameters in another order: the shape says which one is meant, and among equal shapes the order.
    private static void AssertEqualParameters(IReadOnlyList<nn.Module> ours, IReadOnlyList<nn.Module> twins)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Assert.Equal(twins.Count, ours.Count);
        foreach (var (our, twin) in ours.Zip(twins))
        {
            var open = twin.parameters().ToList();
            double apart = 0;
            foreach (var parameter in our.parameters())
            {
                var match = open.First(candidate => candidate.shape.SequenceEqual(parameter.shape));
                open.Remove(match);
                apart += (parameter - match).abs().sum().ToDouble();
            }

            Assert.Empty(open);
            Assert.InRange(apart / our.parameters().Sum(parameter => parameter.numel()), 0, 1e-5);
        }
    }
}
