using Dsl.Runtime;
using Recipes.Shakespeare;
using static TorchSharp.torch;

namespace Recipes;

// Text, character by character.
public sealed partial record Recipe
{
    private static IReadOnlyList<Recipe> OfShakespeare =>
    [
        new("shakespeare",
            "Transformer of characters on tiny Shakespeare (nanoGPT's recipe for a CPU): validation loss 1.90 nats.",
            Shakespeare),
    ];

    private static bool Shakespeare(int seeds, Device device)
    {
        var losses = Enumerable.Range(0, seeds).Select(seed =>
            ConsoleProgress.Run($"seed {seed}", progress => ShakespeareRecipe.ValidationLoss(seed, device, progress))).ToList();
        var table = new ResultsTable(
            $"Tiny Shakespeare: validation loss, {seeds} seeds", " nats", "Dsl", "PyTorch", lessIsBetter: true)
            .Add("mean", losses.Average(), 1.90, 0.01);
        table.Write();
        return table.AllReached;
    }
}
