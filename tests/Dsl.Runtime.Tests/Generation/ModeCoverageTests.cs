using Xunit;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests;

public class ModeCoverageTests
{
    /// <summary>Ten samples: three at the first mode, one at the second, none at the third, the others too far away, of which one
    /// lies exactly at the radius.</summary>
    [Fact]
    public void Samples_are_counted_at_the_nearest_mode_within_the_radius()
    {
        using var scope = NewDisposeScope();
        var modes = tensor(new float[,] { { 0, 0 }, { 4, 0 }, { 0, 4 } });
        var samples = tensor(new float[,]
        {
            { 0, 0 }, { 0.5f, 0 }, { 0, -1 }, { 4, 0.9f }, { 2.1f, 0 },
            { 0, 2.5f }, { 9, 9 }, { -3, 0 }, { 4, 1.1f }, { 1.5f, 1 },
        });
        var found = ModeCoverage.Of(samples, modes, radius: 1);
        Assert.Equal([0.3, 0.1, 0], found.Shares);
        Assert.Equal((2, 3, 0.4, true), (found.Covered, found.Modes, Math.Round(found.Good, 12), found.HasCollapsed));
        Assert.Equal(1, ModeCoverage.Of(samples, modes, 1, leastShare: 0.2).Covered);
        Assert.False(ModeCoverage.Of(modes, modes, 0.1).HasCollapsed);
        Assert.Equal([1 / 3.0, 1 / 3.0, 1 / 3.0], ModeCoverage.Of(modes.reshape(3, 1, 2), modes.reshape(3, 1, 2), 0.1).Shares);
    }

    [Fact]
    public void What_cannot_be_compared_is_refused()
    {
        using var scope = NewDisposeScope();
        Assert.Throws<DataMismatchException>(() => ModeCoverage.Of(zeros(4, 2), zeros(3, 3), 1));
        Assert.Throws<DataMismatchException>(() => ModeCoverage.Of(full([4, 2], float.NaN), zeros(3, 2), 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ModeCoverage.Of(zeros(4, 2), zeros(3, 2), 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => ModeCoverage.Of(zeros(4, 2), zeros(3, 2), 1, leastShare: 2));
    }
}
