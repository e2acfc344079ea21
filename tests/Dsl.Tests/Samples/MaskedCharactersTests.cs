using Recipes;
using Recipes.Shakespeare;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests.Samples;

/// <summary>The recipe of masked characters, where the text is, with a fifth of its steps.</summary>
public class MaskedCharactersTests
{
    [TextFact]
    public void More_is_told_than_the_most_frequent_character()
    {
        var (told, loss) = MaskedRecipe.Measure(seed: 0, CPU, progress: null, steps: 200);
        Assert.InRange(told, 20, 50);
        Assert.InRange(loss, 2, 3.2);
    }

    /// <summary>A test that needs the text.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    private sealed class TextFactAttribute : FactAttribute
    {
        public TextFactAttribute()
        {
            if (!DataFolder.Has("tinyshakespeare")) Skip = $"{DataFolder.Variable} names no folder with tinyshakespeare in it.";
        }
    }
}
