using Dsl.Runtime;
using Recipes.Cora;
using Recipes.Handwriting;
using Recipes.Shakespeare;
using static TorchSharp.torch;

namespace Recipes;

/// <summary>A published result that can be run again.</summary>
/// <param name="Name">What the command line calls it.</param>
/// <param name="Description">What it shows.</param>
/// <param name="Run">Runs it with a number of seeds, shows the table, and returns whether every result reached its reference.</param>
public sealed record Recipe(string Name, string Description, Func<int, Device, bool> Run)
{
    /// <summary>Every recipe.</summary>
    public static IReadOnlyList<Recipe> All { get; } =
    [
        new("cora-gcn", "Graph convolutional network on Cora (Kipf and Welling 2017): test accuracy 81.5 %.",
            (seeds, device) => Cora("Cora, graph convolutions", CoraRecipes.Gcn, 81.5, 0.7, seeds, device)),
        new("cora-gat", "Graph attention network on Cora (Veličković et al. 2018): test accuracy 83.0 %.",
            (seeds, device) => Cora("Cora, graph attention", CoraRecipes.Gat, 83.0, 1.0, seeds, device)),
        new("digits-regularizers", "Regularisers of the output on 300 handwritten digits.",
            (seeds, device) => Handwriting("300 labels", HandwritingRecipes.FewLabels, recipe => recipe.Regularizers(), HandwritingRecipes.FewLabelsReferences, seeds, device)),
        new("digits-label-noise", "Regularisers and mixup on handwritten digits, 40 % of which have a wrong label.",
            (seeds, device) => Handwriting("40 % label noise", HandwritingRecipes.WrongLabels, recipe => recipe.Robust(), HandwritingRecipes.WrongLabelsReferences, seeds, device)),
        new("shakespeare", "Transformer of characters on tiny Shakespeare (nanoGPT's recipe for a CPU): validation loss 1.90 nats.", Shakespeare),
    ];

    private static bool Handwriting(
        string title, Func<int, (InMemoryData Train, InMemoryData Test)> load, Func<HandwritingRecipes, IEnumerable<(string What, double Accuracy)>> run,
        IReadOnlyList<(double Mean, double Deviation)> references, int seeds, Device device)
    {
        var sums = new Dictionary<string, double>();
        for (int seed = 0; seed < seeds; seed++)
        {
            var (train, test) = load(seed);
            using (train)
            using (test)
            {
                foreach (var (what, accuracy) in run(new HandwritingRecipes(train, test, seed, device))) sums[what] = sums.GetValueOrDefault(what) + (100 * accuracy);
            }

            Console.WriteLine($"seed {seed} done");
        }

        var table = new ResultsTable($"Digits, {title}: test accuracy, {seeds} seeds", " %", "Dsl", "PyTorch");
        foreach (var ((what, sum), reference) in sums.Zip(references)) table.Add(what, sum / seeds, reference.Mean, reference.Deviation);
        table.Write();
        return table.AllReached;
    }

    private static bool Shakespeare(int seeds, Device device)
    {
        var losses = Enumerable.Range(0, seeds).Select(seed =>
            ConsoleProgress.Run($"seed {seed}", progress => ShakespeareRecipe.ValidationLoss(seed, device, progress))).ToList();
        var table = new ResultsTable($"Tiny Shakespeare: validation loss, {seeds} seeds", " nats", "Dsl", "PyTorch", lessIsBetter: true)
            .Add("mean", losses.Average(), 1.90, 0.01);
        table.Write();
        return table.AllReached;
    }

    private static bool Cora(string title, Func<CoraGraph, int, Device, double> run, double reference, double deviation, int seeds, Device device)
    {
        using var graph = CoraGraph.Load();
        var accuracies = new List<double>();
        for (int seed = 0; seed < seeds; seed++)
        {
            accuracies.Add(100 * run(graph, seed, device));
            Console.WriteLine(FormattableString.Invariant($"seed {seed}: {accuracies[^1]:0.0} %"));
        }

        double mean = accuracies.Average();
        double spread = accuracies.Count > 1 ? Math.Sqrt(accuracies.Sum(value => Math.Pow(value - mean, 2)) / (accuracies.Count - 1)) : 0;
        var table = new ResultsTable($"{title}: test accuracy, {seeds} seeds, standard deviation {spread:0.0}", " %", "Dsl", "paper").Add("mean", mean, reference, deviation / 2);
        table.Write();
        return table.AllReached;
    }
}
