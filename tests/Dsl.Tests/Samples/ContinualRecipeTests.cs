using Recipes.Continual;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>A short version of the recipe <c>digits-continual</c>: permuted digits with 15 epochs of each task.</summary>
public class ContinualRecipeTests
{
    [Fact]
    public void What_is_held_or_rehearsed_is_forgotten_less()
    {
        var recipe = new ContinualRecipe(seed: 0, CPU, epochs: 15);
        var plain = recipe.OnPermutedPixels("one after another");
        var held = recipe.OnPermutedPixels("EWC, λ = 100");
        var rehearsed = recipe.OnPermutedPixels("rehearsal of 200");
        var together = recipe.OnPermutedPixels("all at once");
        string found = $"{plain.AverageAccuracy:P1}, {held.AverageAccuracy:P1}, {rehearsed.AverageAccuracy:P1}";
        Assert.True(held.AverageAccuracy > plain.AverageAccuracy + 0.05, found);
        Assert.True(rehearsed.AverageAccuracy > plain.AverageAccuracy + 0.05, found);
        Assert.True(held.Forgetting < plain.Forgetting - 0.1, found);
        Assert.True(together.AverageAccuracy > rehearsed.AverageAccuracy, found);
    }
}
