using Digits;
using Dsl.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace Recipes.Representations;

/// <summary>What features of digits are worth that were learned with and without labels, by probes.</summary>
/// <param name="seed">Decides split, initial parameters and every draw.</param>
/// <param name="device">Where to train.</param>
public sealed class RepresentationRecipe(int seed, Device device)
{
    private const int FewLabels = 50;

    /// <summary>PyTorch's numbers with the same recipes: a linear classifier of all labels, one of 50, five neighbours. Their
    /// deviations were not measured; half a point, and two of 50 labels, are those that the rows have here.</summary>
    public static IReadOnlyList<(double Mean, double Deviation)[]> References { get; } =
    [
        Row(92.7, 77.9, 92.0), Row(98.3, 97.7, 98.4), Row(98.2, 94.1, 97.5), Row(97.7, 91.8, 95.4), Row(96.3, 84.2, 92.3),
        Row(96.7, 88.2, 93.7), Row(96.0, 89.3, 93.5), Row(99.0, 97.5, 98.4), Row(98.7, 96.6, 98.2), Row(93.0, 72.7, 87.3),
        Row(97.9, 91.6, 97.3),
    ];

    /// <summary>The rows that a reference was measured for, and then the others.</summary>
    public IEnumerable<(string Row, double[] Values)> Measure()
    {
        var (train, test) = HandwrittenDigits.LoadSplit(seed);
        using var few = train.BalancedSubset(FewLabels, seed);
        using (train)
        using (test)
        {
            ProbeData all = new(train, test), some = new(few, test);
            yield return Run("random weights", new ByContrast(New<Encoder>(), New<Head>(), device) { Seed = seed }, _ => { },
                each => (each.EvaluateFeatures(all), each.EvaluateFeatures(some)));
            yield return Run("all labels", new Supervised(New<Classifier>(), device) { Seed = seed }, each => each.Fit(train),
                each => (each.EvaluateFeatures(all), each.EvaluateFeatures(some)));
            yield return Run("SimCLR", new ByContrast(New<Encoder>(), New<Head>(), device) { Seed = seed },
                each => each.Fit(train), each => (each.EvaluateFeatures(all), each.EvaluateFeatures(some)));
            yield return Run("MoCo", new ByQueue(New<Encoder>(), New<Head>(), device) { Seed = seed },
                each => each.Fit(train), each => (each.EvaluateFeatures(all), each.EvaluateFeatures(some)));
            yield return Run("BYOL", new ByAverage(New<Encoder>(), New<Head>(), New<Predictor>(), device) { Seed = seed },
                each => each.Fit(train), each => (each.EvaluateFeatures(all), each.EvaluateFeatures(some)));
            yield return Run(
                "SimSiam", new ByPrediction(New<Encoder>(), New<NormalizedHead>(), New<Predictor>(), device) { Seed = seed },
                each => each.Fit(train), each => (each.EvaluateFeatures(all), each.EvaluateFeatures(some)));
            yield return Run("N-pairs", new ByPairs(New<Embedder>(), device) { Seed = seed }, each => each.Fit(train),
                each => (each.EvaluateFeatures(all), each.EvaluateFeatures(some)));
            yield return Run("triplets, semi-hard", new BySemiHardTriplets(New<Embedder>(), device) { Seed = seed },
                each => each.Fit(train), each => (each.EvaluateFeatures(all), each.EvaluateFeatures(some)));
            yield return Run("triplets, all", new ByAllTriplets(New<Embedder>(), device) { Seed = seed }, each => each.Fit(train),
                each => (each.EvaluateFeatures(all), each.EvaluateFeatures(some)));
            yield return Run("triplets, hard", new ByHardTriplets(New<Embedder>(), device) { Seed = seed }, each =>
                each.Fit(train),
                each => (each.EvaluateFeatures(all), each.EvaluateFeatures(some)));
            yield return Run("instances", new ByInstances(New<Encoder>(), New<Head>(), device) { Seed = seed },
                each => each.Fit(train), each => (each.EvaluateFeatures(all), each.EvaluateFeatures(some)));
            yield return Run("DINO", new ByOwnClasses(New<Encoder>(), New<ClassHead>(), device) { Seed = seed },
                each => each.Fit(train), each => (each.EvaluateFeatures(all), each.EvaluateFeatures(some)));
            yield return Run("Barlow Twins", new ByCorrelation(New<Encoder>(), New<Head>(), device) { Seed = seed },
                each => each.Fit(train), each => (each.EvaluateFeatures(all), each.EvaluateFeatures(some)));
            yield return Run("VICReg", new ByVariance(New<Encoder>(), New<Head>(), device) { Seed = seed },
                each => each.Fit(train), each => (each.EvaluateFeatures(all), each.EvaluateFeatures(some)));
        }
    }

    private static (double, double)[] Row(double linear, double few, double neighbors) =>
        [(linear, 0.5), (few, 2), (neighbors, 0.5)];

    private static (string Row, double[] Values) Run<TTrainer>(
        string row, TTrainer trainer, Action<TTrainer> fit, Func<TTrainer, (ProbeEvaluation All, ProbeEvaluation Few)> probe)
        where TTrainer : IDisposable
    {
        using (trainer)
        {
            fit(trainer);
            var (all, few) = probe(trainer);
            return (row, [100 * all.LinearAccuracy, 100 * few.LinearAccuracy, 100 * all.NeighborAccuracy]);
        }
    }

    private TNetwork New<TNetwork>()
        where TNetwork : nn.Module
    {
        using var generator = new Generator((ulong)seed);
        return (TNetwork)Activator.CreateInstance(typeof(TNetwork), generator)!;
    }
}
