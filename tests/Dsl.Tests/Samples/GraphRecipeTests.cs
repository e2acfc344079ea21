using Recipes.Graphs;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>A short version of the recipe <c>graph-classes</c>: one seed, fewer graphs and epochs.</summary>
public class GraphRecipeTests
{
    [Fact]
    public void Sums_tell_what_means_cannot()
    {
        var measured = new GraphRecipe(seed: 0, CPU, epochs: 25).Measure(train: 200, test: 100)
            .ToDictionary(row => row.Row, row => row.Values);
        string found = string.Join("; ", measured.Select(row => $"{row.Key} {string.Join(", ", row.Value)}"));
        Assert.True(measured["sums"][0] >= 99, found);
        Assert.Equal([50, 50], measured["means"]);
    }
}
