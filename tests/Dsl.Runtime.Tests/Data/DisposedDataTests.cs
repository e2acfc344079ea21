using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Data;

/// <summary>Data that is disposed says so by its name, whatever it is asked for.</summary>
public sealed class DisposedDataTests
{
    [Fact]
    public void In_memory_data()
    {
        var data = new InMemoryData(zeros(4, 2), tensor(new long[] { 0, 1, 0, 1 })).With("meta", zeros(4, 1));
        using var more = zeros(4, 1);
        Expect(
            data,
            _ => data.Count, _ => data.Inputs, _ => data.Labels, data.ReadInputs, data.ReadLabels,
            indices => data.ReadInput("meta", indices),
            _ => data.With("more", more), _ => data.To(CPU), data.Subset, _ => data.WhereLabel(label => label == 0),
            _ => data.StratifiedSplit(2, 0), _ => data.BalancedSubset(2, 0));
    }

    [Fact]
    public void Windows_of_tokens()
    {
        var data = new TokenWindows(arange(9, ScalarType.Int64), 3);
        Expect(data, data.ReadInputs, data.ReadLabels);
    }

    [Fact]
    public void Graphs()
    {
        var data = new GraphData(zeros(3, 2), zeros([2, 1], ScalarType.Int64), zeros([3], ScalarType.Int64));
        Expect(
            data,
            _ => data.Nodes, _ => data.Edges, _ => data.Labels, data.ReadInputs, data.ReadLabels,
            indices => data.ReadInput("edges", indices), _ => data.WithLabelsOf(0, 1), _ => data.To(CPU));
    }

    [Fact]
    public void Samplers()
    {
        var sampler = new EpochSampler(4, 2, dropLast: false, seed: 0);
        sampler.Indices(0).Dispose();
        Expect(sampler, _ => sampler.Indices(0), _ => sampler.Indices(5));
    }

    private static void Expect(IDisposable data, params Func<Tensor, object>[] uses)
    {
        using var indices = tensor(new long[] { 0 });
        data.Dispose();
        data.Dispose();
        foreach (var use in uses)
        {
            var error = Assert.Throws<ObjectDisposedException>(() => use(indices));
            Assert.Equal(data.GetType().FullName, error.ObjectName);
        }
    }
}
