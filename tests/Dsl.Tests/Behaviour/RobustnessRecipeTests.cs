using Dsl.Runtime;
using Recipes.Robustness;
using Xunit;

namespace Dsl.Tests.Behaviour;

/// <summary>The recipe of attacked digits shows with a fifth of its epochs what it shows with all.</summary>
public class RobustnessRecipeTests
{
    [Fact]
    public void Training_on_attacked_digits_lasts_and_defences_that_hide_the_gradient_do_not()
    {
        var rows = new RobustnessRecipe(seed: 0, TrainingDevice.FromEnvironment()) { Epochs = 6, Queries = 100 }.Measure()
            .ToDictionary(row => row.Row, row => row.Values);
        Assert.Equal(7, rows.Count);
        Assert.All(rows, row => Assert.True(row.Value[0] > 85, $"{row.Key}: {row.Value[0]:0.0} % as they are"));
        double[] plain = rows["as they are"];
        Assert.True(plain[2] <= plain[1], "PGD finds what FGSM finds");
        Assert.True(plain[4] > plain[2], "a network's own gradient finds more than another's");
        foreach (string row in (string[])["FGSM", "PGD, 7 steps", "TRADES"])
        {
            Assert.True(rows[row][2] > plain[2] + 5, $"{row}: {rows[row][2]:0.0} %, and {plain[2]:0.0} % without");
            Assert.True(rows[row][3] > plain[3] + 5, $"{row} at 0.2: {rows[row][3]:0.0} %, and {plain[3]:0.0} % without");
        }

        double[] distilled = rows["defence: distillation"];
        Assert.True(distilled[3] > plain[3] + 10, "a gradient that is gone finds little");
        Assert.True(distilled[4] < plain[4] + 5, "another network's gradient finds as much as without distillation");
    }
}
