using Digits;
using Dsl.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace Recipes.SemiSupervised;

/// <summary>A few labelled digits and 1,297 without labels.</summary>
/// <param name="labels">How many are labelled, a multiple of 10.</param>
/// <param name="seed">Decides split, labels, initial parameters and every draw.</param>
/// <param name="device">Where to train.</param>
public sealed class SemiSupervisedRecipe(int labels, int seed, Device device)
{
    /// <summary>Every way to train, in the order of the tables.</summary>
    public IEnumerable<(string Row, double[] Values)> Measure()
    {
        var (all, test) = HandwrittenDigits.LoadSplit(seed);
        using var labeled = all.BalancedSubset(labels, seed);
        using (all)
        using (test)
        {
            yield return Row("labels alone", Run(new LabelsAlone(Cnn(), device) { Seed = seed },
                each => each.Fit(labeled), each => each.Evaluate(test)));
            yield return Row("FixMatch", Run(new FixMatched(Cnn(), device) { Seed = seed },
                each => each.Fit(labeled, all), each => each.Evaluate(test)));
            yield return Row("MixMatch", Run(new MixMatched(Cnn(), device) { Seed = seed },
                each => each.Fit(labeled, all), each => each.Evaluate(test)));
            yield return Row("Mean Teacher", Run(new Taught(Noisy(), device) { Seed = seed },
                each => each.Fit(labeled, all), each => each.Evaluate(test)));
            yield return Row("VAT", Run(new Attacked(Cnn(), device) { Seed = seed },
                each => each.Fit(labeled, all), each => each.Evaluate(test)));
            yield return Row("UDA", Run(new Augmented(Cnn(), device) { Seed = seed },
                each => each.Fit(labeled, all), each => each.Evaluate(test)));
            yield return Row("pseudo-labels", Run(new PseudoLabeled(Cnn(), device) { Seed = seed },
                each => each.Fit(labeled, all), each => each.Evaluate(test)));
            yield return Row("entropy minimisation", Run(new EntropyMinimized(Cnn(), device) { Seed = seed },
                each => each.Fit(labeled, all), each => each.Evaluate(test)));
            yield return Row("Π-model", Run(new TwoPasses(Noisy(), device) { Seed = seed },
                each => each.Fit(labeled, all), each => each.Evaluate(test)));
            yield return Row("temporal ensembling", Run(new Ensembled(Noisy(), device) { Seed = seed },
                each => each.Fit(labeled, all), each => each.Evaluate(test)));
        }
    }

    private static (string Row, double[] Values) Row(string row, double accuracy) => (row, [100 * accuracy]);

    private static double Run<TTrainer>(TTrainer trainer, Func<TTrainer, TrainingReport> fit, Func<TTrainer, Evaluation> evaluate)
        where TTrainer : IDisposable
    {
        using (trainer)
        {
            fit(trainer);
            return evaluate(trainer).Accuracy;
        }
    }

    private Cnn Cnn()
    {
        using var generator = new Generator((ulong)seed);
        return new Cnn(generator);
    }

    private NoisyCnn Noisy()
    {
        using var generator = new Generator((ulong)seed);
        return new NoisyCnn(generator);
    }
}
