using Dsl.Runtime;
using static TorchSharp.torch;

namespace Recipes.Reinforcement;

/// <summary>A sign at the start of a corridor says which way is right at its end, ten steps later (Bakker 2002): what a policy
/// earns that sees the present, and one that carries a state.</summary>
public static class CorridorRecipe
{
    private const int Length = 10, Copies = 16, Episodes = 500;

    /// <summary>Trains both with each seed, and shows what episodes by the best action earn: 1 the right way, −1 the other
    /// one.</summary>
    /// <param name="seeds">How many runs.</param>
    /// <param name="device">Where to train.</param>
    /// <returns>Whether the state earns 0.95 in the mean.</returns>
    public static bool Run(int seeds, Device device)
    {
        double[] present = [.. Enumerable.Range(0, seeds).Select(seed => Present(seed, device))];
        double[] remembered = [.. Enumerable.Range(0, seeds).Select(seed => Remembered(seed, device))];
        var table = new RecipeTable($"Corridor of {Length} steps: mean returns, {seeds} seeds", "", "Dsl", "goal")
            .Add("what is seen alone", present)
            .Add("with a state that is carried", remembered, 0.95);
        table.Write();
        return table.AllReached;
    }

    /// <summary>What a policy without a memory earns.</summary>
    /// <param name="seed">Decides parameters, episodes and actions.</param>
    /// <param name="device">Where to train.</param>
    public static double Present(int seed, Device device)
    {
        using var generator = new Generator((ulong)seed);
        using Present model = new(generator);
        using PresentWorth worth = new(generator);
        using var trainer = new PresentTrainer(model, worth, device) { Seed = seed };
        trainer.Fit(Corridors());
        return EpisodeEvaluation.Of(model, Corridors(), Episodes, seed: 1, device).MeanReturn;
    }

    /// <summary>What a policy earns whose state goes from step to step.</summary>
    /// <inheritdoc cref="Present"/>
    public static double Remembered(int seed, Device device)
    {
        using var generator = new Generator((ulong)seed);
        using Remembered model = new(generator);
        using var trainer = new RememberedTrainer(model, device) { Seed = seed };
        trainer.Fit(Corridors());
        return EpisodeEvaluation.Of(model.forward, 16, Corridors(), Episodes, seed: 1, device).MeanReturn;
    }

    private static VectorEnvironment<float[], int> Corridors() => new(() => new CorridorRecall(Length), Copies);
}
