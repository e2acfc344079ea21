using Digits;
using Dsl.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace Recipes.NoisyLabels;

/// <summary>Handwritten digits of which 40 % have a label drawn at random, beside 50 whose labels are right.</summary>
public static class NoisyLabelRecipe
{
    private const double WrongShare = 0.4;
    private const int CleanOfAClass = 5;

    /// <summary>PyTorch 1.13, in percent: mean and standard deviation over 5 seeds on the same images and labels, of the third
    /// row over 3 seeds on other splits. The last rows have none.</summary>
    public static IReadOnlyList<(double Mean, double Deviation)[]> References { get; } =
        [[(89.2, 2.2)], [(93.2, 2.1)], [(96.0, 0.4)]];

    /// <summary>The accuracy of each way to train, in percent.</summary>
    /// <param name="seed">Decides the split, what is wrong, initial parameters and every draw.</param>
    /// <param name="device">Where to train.</param>
    public static IEnumerable<(string Row, double[] Values)> Measure(int seed, Device device)
    {
        var (data, clean, test) = Load(seed);
        using (data)
        using (clean)
        using (test)
        {
            using var plain = new Plain(New<Net>(seed), device) { Seed = seed };
            plain.Fit(data);
            yield return ("cross-entropy", Percent(plain.Evaluate(test)));

            using var reweighted = new Reweighted(New<Net>(seed), device) { Seed = seed };
            reweighted.Fit(data, clean);
            yield return ("reweighted (L2RW)", Percent(reweighted.Evaluate(test)));

            using var weighted = new Weighted(New<Net>(seed), New<Weighting>(seed), device) { Seed = seed };
            weighted.Fit(data, clean);
            yield return ("Meta-Weight-Net", Percent(weighted.Evaluate(test)));

            using var generalized = new Generalized(New<Net>(seed), device) { Seed = seed };
            generalized.Fit(data);
            yield return ("generalised cross-entropy", Percent(generalized.Evaluate(test)));

            using var symmetric = new Symmetric(New<Net>(seed), device) { Seed = seed };
            symmetric.Fit(data);
            yield return ("symmetric cross-entropy", Percent(symmetric.Evaluate(test)));

            using var corrected = new Corrected(New<Net>(seed), device) { Seed = seed };
            corrected.Fit(data);
            yield return ("forward, 36 % declared", Percent(corrected.Evaluate(test)));

            // A network that has not learned the labels by heart says how they are mixed.
            using var early = new Plain(New<Net>(seed), device) { Seed = seed, Epochs = 8 };
            early.Fit(data);
            using var estimated = new CorrectedByEstimate(New<Net>(seed), device) { Seed = seed };
            estimated.Transition.Estimate(early.Model, data, quantile: 0.97);
            estimated.Fit(data);
            yield return ("forward, estimated", Percent(estimated.Evaluate(test)));

            using var backward = new CorrectedBackward(New<Net>(seed), device) { Seed = seed };
            backward.Fit(data);
            yield return ("backward, 36 % declared", Percent(backward.Evaluate(test)));

            using var cleaned = new Cleaned(New<FeatureNet>(seed), New<SetWeighting>(seed), device) { Seed = seed };
            cleaned.Fit(data);
            yield return ("MetaCleaner", Percent(cleaned.Evaluate(test)));

            using var taught = new CoTaught(New<Net>(seed), New<Net>(seed + 1), device) { Seed = seed };
            taught.Fit(data);
            yield return ("co-teaching, 36 % declared", Percent(taught.Evaluate(test)));
        }
    }

    /// <summary>1,247 images, 40 % of which have a label drawn from all classes, 50 others with right ones, and 500 to test
    /// on.</summary>
    public static (InMemoryData Data, InMemoryData Clean, InMemoryData Test) Load(int seed)
    {
        var (train, test) = HandwrittenDigits.LoadSplit(seed);
        using (train)
        using (var generator = new Generator((ulong)seed))
        using (NewDisposeScope())
        {
            var places = Enumerable.Range(0, HandwrittenDigits.Classes)
                .Select(label => train.Labels.eq(label).nonzero().flatten()).ToList();
            var clean = cat([.. places.Select(own => own.narrow(0, 0, CleanOfAClass))]);
            var rest = cat([.. places.Select(own => own.narrow(0, CleanOfAClass, own.size(0) - CleanOfAClass))]);
            using var kept = train.Subset(rest);
            var wrong = rand(kept.Count, generator: generator) < WrongShare;
            var drawn = randint(0, HandwrittenDigits.Classes, new[] { kept.Count }, ScalarType.Int64, generator: generator);
            return (new InMemoryData(kept.Inputs.clone(), where(wrong, drawn, kept.Labels)), train.Subset(clean), test);
        }
    }

    private static double[] Percent(Evaluation evaluation) => [100 * evaluation.Accuracy];

    private static TModel New<TModel>(int seed)
        where TModel : nn.Module
    {
        using var generator = new Generator((ulong)seed);
        return (TModel)Activator.CreateInstance(typeof(TModel), generator)!;
    }
}
