using Recipes;
using Recipes.SemiSupervised;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests.Samples;

/// <summary>The recipe on MNIST's test images, where they are.</summary>
public class MnistTests
{
    [MnistFact]
    public void FixMatch_at_least_halves_the_error_of_a_hundred_labels()
    {
        var (alone, matched) = MnistRecipe.Errors(seed: 0, CPU);

        // 8 and 2 percent, with about one from seed to seed.
        Assert.InRange(alone, 5, 12);
        Assert.InRange(matched, 0, alone / 2);
    }

    /// <summary>A test that needs the files of MNIST.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    private sealed class MnistFactAttribute : FactAttribute
    {
        public MnistFactAttribute()
        {
            if (!DataFolder.Has(MnistRecipe.DataSet))
                Skip = $"{DataFolder.Variable} names no folder with {MnistRecipe.DataSet} in it.";
        }
    }
}
