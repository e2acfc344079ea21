using Recipes.Transfer;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>A short version of the recipe <c>digits-adapters</c>: one seed, 12 epochs.</summary>
public class TransferRecipeTests
{
    [Fact]
    public void Small_changes_do_what_all_weights_do()
    {
        var measured = new TransferRecipe(seed: 0, CPU, epochs: 12).Measure().ToDictionary(row => row.Row, row => row.Values);
        string found = string.Join("; ", measured.Select(row => $"{row.Key} {string.Join(", ", row.Value)}"));
        foreach (string small in (string[])["low-rank changes", "adapters"])
        {
            Assert.True(measured[small][2] < 5, found);
            Assert.True(measured[small][0] > measured["everything"][0] - 2.5, found);
            Assert.True(measured[small][1] > measured["a new head"][1] + 1, found);
        }
    }
}
