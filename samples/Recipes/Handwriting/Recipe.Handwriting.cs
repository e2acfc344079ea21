using Dsl.Runtime;
using Recipes.Handwriting;
using static TorchSharp.torch;

namespace Recipes;

// What regularisers of the output do.
public sealed partial record Recipe
{
    private static IReadOnlyList<Recipe> OfHandwriting =>
    [
        new("digits-regularizers", "Regularisers of the output on 300 handwritten digits.",
            (seeds, device) => Handwriting("300 labels", HandwritingRecipes.FewLabels, recipe => recipe.Regularizers(),
                HandwritingRecipes.FewLabelsReferences, seeds, device)),
        new("digits-label-noise", "Regularisers and mixup on handwritten digits, 40 % of which have a wrong label.",
            (seeds, device) => Handwriting("40 % label noise", HandwritingRecipes.WrongLabels, recipe => recipe.Robust(),
                HandwritingRecipes.WrongLabelsReferences, seeds, device)),
    ];

    private static bool Handwriting(
        string title, Func<int, (InMemoryData Train, InMemoryData Test)> load, Func<HandwritingRecipes,
        IEnumerable<(string What, double Accuracy)>> run,
        IReadOnlyList<(double Mean, double Deviation)> references, int seeds, Device device)
    {
        var measured = Measurements.Of(seeds, seed => Measure(seed));
        return Show(
            $"Digits, {title}: test accuracy", measured, [.. references.Select(reference => new[] { reference })], 0, seeds);

        IEnumerable<(string, double[])> Measure(int seed)
        {
            var (train, test) = load(seed);
            using (train)
            using (test)
            {
                foreach (var (what, accuracy) in run(new HandwritingRecipes(train, test, seed, device)))
                    yield return (what, [100 * accuracy]);
            }
        }
    }
}
