using Dsl.Runtime;
using Recipes.Adversaries;
using Xunit;

namespace Dsl.Tests.Behaviour;

/// <summary>The recipes of adversarial networks, with a fraction of their steps.</summary>
public class AdversarialRecipeTests
{
    /// <summary>After a tenth of the steps labels make different digits, which a judge alone does not yet.</summary>
    [Fact]
    public void Labels_become_digits()
    {
        var rows = new AdversarialRecipe(seed: 0, TrainingDevice.FromEnvironment(), steps: 600).Measure()
            .ToDictionary(row => row.Row, row => row.Values);
        Assert.Equal(5, rows.Count);
        double[] real = rows["training images"], labelled = rows["hinge with labels"];
        Assert.All(rows.Where(row => row.Key != "training images"), row => Assert.True(
            row.Value[2] > real[2], $"{row.Key}: a distance of {row.Value[2]:0.00} beside {real[2]:0.00}"));
        Assert.True(labelled[1] > 2, $"score {labelled[1]:0.00}");
        Assert.True(labelled[5] > rows["hinge"][5], $"{labelled[5]} digits beside {rows["hinge"][5]} without labels");

        // By chance it would be 10 %.
        Assert.True(labelled[6] > 25, $"as labelled {labelled[6]:0.0} %");
        Assert.Equal(10, real[5]);
        Assert.True(real[6] > 99, $"training images {real[6]:0.0} %");
    }

    [Fact]
    public void Inverses_are_learned_without_pairs()
    {
        var (row, values) = new CycleRecipe(seed: 0, TrainingDevice.FromEnvironment(), steps: 400).Measure().First();
        Assert.Equal("inverted", row);
        Assert.True(values[2] < 15, $"there and back {values[2]:0.0} %");
        Assert.True(values[0] < values[1], $"{values[0]:0.0} % beside {values[1]:0.0} % of images that stay");
    }
}
