using Dsl.Runtime;
using Recipes.Representations;
using Xunit;

namespace Dsl.Tests.Behaviour;

/// <summary>The recipe of unknown digits shows with a fifth of its steps what it shows with all.</summary>
public class NoveltyRecipeTests
{
    [Fact]
    public void Digits_of_other_classes_are_less_dense()
    {
        var rows = new NoveltyRecipe(seed: 0, TrainingDevice.FromEnvironment()) { Steps = 100 }.Measure()
            .ToDictionary(row => row.Row, row => row.Values);
        Assert.Equal(["pixels", "random weights", "SimCLR", "all labels"], rows.Keys);
        Assert.All(rows, row => Assert.All(row.Value, auroc => Assert.InRange(auroc, 60, 99.9)));
        Assert.True(rows["SimCLR"][0] > 80, $"SimCLR: {rows["SimCLR"][0]:0.0}");
    }
}
