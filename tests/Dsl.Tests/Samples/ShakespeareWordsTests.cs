using Recipes;
using Recipes.Words;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests.Samples;

/// <summary>The recipe of Shakespeare's words, where the text is, with a pass over it.</summary>
public class ShakespeareWordsTests
{
    [TextFact]
    public void Vectors_of_counts_tell_of_unseen_speeches_and_the_vocabulary_is_that_of_the_tables()
    {
        using var recipe = WordRecipe.Load();
        Assert.Equal(2624, recipe.Vocabulary.Count);
        Assert.Equal(303, recipe.JudgedCount);
        var (row, values) = recipe.Measure(seed: 0, CPU).First();
        Assert.StartsWith("PPMI", row, StringComparison.Ordinal);
        Assert.Equal(38.6, values[0], 1.0);
    }

    [TextFact]
    public void Skip_gram_learns_what_stands_near_what()
    {
        using var recipe = WordRecipe.Load();
        double[] values = recipe.Measure(seed: 0, CPU).Take(2).Last().Values;
        Assert.InRange(values[0], 16, 23);
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
