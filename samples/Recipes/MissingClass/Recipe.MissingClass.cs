using Recipes.MissingClass;
using static TorchSharp.torch;

namespace Recipes;

// A student that never sees a class.
public sealed partial record Recipe
{
    private static IReadOnlyList<Recipe> OfMissingClass =>
    [
        new("digits-missing-class", "A student that never sees a 3 learns of it from its teacher (Hinton et al. 2015).",
            MissingClass),
    ];

    private static bool MissingClass(int seeds, Device device)
    {
        var measured = Measurements.Of(seeds, seed => MissingClassRecipe.Measure(seed, device));
        return Show("Digits, a student that never sees a 3: recall of threes", measured, MissingClassRecipe.References, 0, seeds)
            & Show("Digits, a student that never sees a 3: test accuracy", measured, MissingClassRecipe.References, 1, seeds);
    }
}
