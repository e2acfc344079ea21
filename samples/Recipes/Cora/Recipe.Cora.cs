using System.Globalization;
using Dsl.Runtime;
using Recipes.Cora;
using static TorchSharp.torch;

namespace Recipes;

// Papers that cite each other.
public sealed partial record Recipe
{
    private static IReadOnlyList<Recipe> OfCora =>
    [
        new("cora-gcn", "Graph convolutional network on Cora (Kipf and Welling 2017): test accuracy 81.5 %.",
            (seeds, device) => Cora("Cora, graph convolutions", CoraRecipes.Gcn, 81.5, 0.7, seeds, device)),
        new("cora-gat", "Graph attention network on Cora (Veličković et al. 2018): test accuracy 83.0 %.",
            (seeds, device) => Cora("Cora, graph attention", CoraRecipes.Gat, 83.0, 1.0, seeds, device)),
    ];

    private static bool Cora(
        string title, Func<CoraGraph, int, Device, double> run, double reference, double deviation, int seeds, Device device)
    {
        using var graph = CoraGraph.Load();
        var measured = Measurements.Of(seeds, seed => [("mean", [100 * run(graph, seed, device)])]);
        string header = string.Create(CultureInfo.InvariantCulture,
            $"{title}: test accuracy, {seeds} seeds, standard deviation {measured.Deviation("mean"):0.0}");
        var table = new ResultsTable(header, " %", "Dsl", "paper").Add("mean", measured.Mean("mean"), reference, deviation / 2);
        table.Write();
        return table.AllReached;
    }
}
