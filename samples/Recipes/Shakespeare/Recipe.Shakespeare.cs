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
        new("shakespeare-masked", "Masked characters of tiny Shakespeare, told from both sides (BERT's pre-training).", Masked),
    ];

    private static bool Masked(int seeds, Device device)
    {
        List<double> told = [], losses = [];
        for (int seed = 0; seed < seeds; seed++)
        {
            var measured = ConsoleProgress.Run($"seed {seed}", progress => MaskedRecipe.Measure(seed, device, progress));
            told.Add(measured.Told);
            losses.Add(measured.Loss);
        }

        var reference = MaskedRecipe.Reference;
        var table = new RecipeTable($"Tiny Shakespeare: masked characters that are told, {seeds} seeds", " %", "Dsl", "PyTorch");
        table.Add("told", told, reference.Told, reference.ToldDeviation);
        table.Write();
        var nats = new RecipeTable("Their mean cross-entropy", " nats", "Dsl", "PyTorch", lessIsBetter: true);
        nats.Add("loss", losses, reference.Loss, reference.LossDeviation);
        nats.Write();
        return table.AllReached && nats.AllReached;
    }

    private static bool Shakespeare(int seeds, Device device)
    {
        var losses = Enumerable.Range(0, seeds).Select(seed =>
            ConsoleProgress.Run($"seed {seed}", progress => ShakespeareRecipe.ValidationLoss(seed, device, progress))).ToList();
        var table = new RecipeTable(
            $"Tiny Shakespeare: validation loss, {seeds} seeds", " nats", "Dsl", "PyTorch", lessIsBetter: true)
            .Add("mean", losses.Average(), 1.90, 0.01);
        table.Write();
        return table.AllReached;
    }
}
