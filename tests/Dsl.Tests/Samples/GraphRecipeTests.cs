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

    /// <summary>A short version of the recipe <c>graph-positions</c>.</summary>
    [Fact]
    public void Eigenvectors_tell_what_messages_cannot()
    {
        var measured = new PositionRecipe(seed: 0, CPU, epochs: 12).Measure(train: 100, test: 60)
            .ToDictionary(row => row.Row, row => row.Values[0]);
        string found = string.Join("; ", measured.Select(row => $"{row.Key} {row.Value}"));
        Assert.True(measured["transformer with positions"] >= 95, found);
        Assert.True(measured["message passing"] <= 60, found);
    }
}
