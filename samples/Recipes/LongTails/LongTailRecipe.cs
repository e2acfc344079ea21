using Digits;
using Dsl.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace Recipes.LongTails;

/// <summary>Handwritten digits of which class c has 100·50^(−c/9) training images: 100 zeros, two nines.</summary>
public static class LongTailRecipe
{
    private const double Most = 100, Imbalance = 50;

    /// <summary>
    /// PyTorch 1.13 on the same images, in percent, mean and standard deviation over 5 seeds: the mean accuracy over all classes,
    /// and over the four rarest. The last rows have none.
    /// </summary>
    public static IReadOnlyList<(double Mean, double Deviation)[]> References { get; } =
    [
        [(84.6, 2.2), (64.5, 5.5)], [(85.5, 2.0), (66.8, 5.0)], [(85.2, 2.6), (65.6, 6.2)], [(87.4, 2.7), (70.9, 6.3)],
        [(87.5, 2.7), (72.2, 7.0)], [(85.4, 2.9), (66.7, 7.3)], [(85.5, 2.3), (66.9, 5.6)], [(89.4, 2.7), (77.1, 7.0)],
        [(90.8, 2.7), (80.5, 6.9)],
    ];

    /// <summary>Mean accuracy over all classes, and over the three with the most, the three next and the four with the fewest
    /// images, in percent.</summary>
    /// <param name="seed">Decides the split, what the tail has, initial parameters and every draw.</param>
    /// <param name="device">Where to train.</param>
    public static IEnumerable<(string Row, double[] Values)> Measure(int seed, Device device)
    {
        var (all, test) = HandwrittenDigits.LoadSplit(seed);
        using (all)
        using (test)
        using (var train = Tail(all, seed))
        {
            using var first = new ByInstance(New<Net>(seed), device) { Seed = seed };
            first.Fit(train);
            yield return ("instance-balanced", Score(Predict(first.Model, test, device), test));

            using var byClass = new ByClass(New<Net>(seed), device) { Seed = seed };
            byClass.Fit(train);
            yield return ("class-balanced", Score(Predict(byClass.Model, test, device), test));

            using var bySquareRoot = new BySquareRoot(New<Net>(seed), device) { Seed = seed };
            bySquareRoot.Fit(train);
            yield return ("square roots", Score(Predict(bySquareRoot.Model, test, device), test));

            using var progressively = new Progressively(New<Net>(seed), device) { Seed = seed };
            progressively.Fit(train);
            yield return ("progressively balanced", Score(Predict(progressively.Model, test, device), test));

            // Second stages stand on the features of the first.
            using var retrained = new RetrainedTrainer(New<Retrained>(seed), device) { Seed = seed };
            NetworkWeights.Copy(first.Model, retrained.Model, "0");
            retrained.Fit(train);
            yield return ("head retrained (cRT)", Score(Predict(retrained.Model, test, device), test));

            using var normalized = New<Net>(seed).to(device);
            NetworkWeights.Copy(first.Model, normalized);
            TauNormalization.Apply(normalized.Linear2Weight, normalized.Linear2Bias);
            yield return ("head normalised (τ = 1)", Score(Predict(normalized, test, device), test));

            using var rescaled = new RescaledTrainer(New<Rescaled>(seed), device) { Seed = seed };
            NetworkWeights.Copy(first.Model, rescaled.Model);
            rescaled.Fit(train);
            yield return ("head rescaled (LWS)", Score(Predict(rescaled.Model, test, device), test));

            using (var means = NearestClassMean.Fit(Features(first.Model, train, device), train.Labels))
            {
                long[] nearest = [.. means.Predict(Features(first.Model, test, device))];
                yield return ("nearest class mean", Score(nearest, test));
            }

            using var adjusted = new Adjusted(New<Net>(seed), device) { Seed = seed };
            adjusted.Fit(train);
            yield return ("adjusted logits", Score(Predict(adjusted.Model, test, device), test));

            using var balanced = new Balanced(New<Net>(seed), device) { Seed = seed };
            balanced.Fit(train);
            yield return ("weights, β = 0.99", Score(Predict(balanced.Model, test, device), test));

            using var deferred = new Deferred(New<CosineNet>(seed), device) { Seed = seed };
            deferred.Fit(train);
            yield return ("LDAM-DRW", Score(Predict(deferred.Model, test, device), test));
        }
    }

    private static InMemoryData Tail(InMemoryData all, int seed)
    {
        using var generator = new Generator((ulong)seed);
        using var scope = NewDisposeScope();
        var places = Enumerable.Range(0, HandwrittenDigits.Classes).Select(label =>
        {
            var own = all.Labels.eq(label).nonzero().flatten();
            long count = Math.Max(2, (long)Math.Round(Most * Math.Pow(Imbalance, -label / 9.0)));
            return own.index_select(0, randperm(own.size(0), ScalarType.Int64, generator: generator).narrow(0, 0, count));
        });
        return all.Subset(cat([.. places]));
    }

    private static TModel New<TModel>(int seed)
        where TModel : nn.Module
    {
        using var generator = new Generator((ulong)seed);
        return (TModel)Activator.CreateInstance(typeof(TModel), generator)!;
    }

    private static Tensor Features(Net model, InMemoryData data, Device device)
    {
        using var noGrad = no_grad();
        model.eval();
        return model.ForwardFeatures(data.Inputs.to(device)).Features;
    }

    private static long[] Predict(nn.Module<Tensor, Tensor> model, InMemoryData data, Device device)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        model.eval();
        return model.forward(data.Inputs.to(device)).argmax(1).cpu().data<long>().ToArray();
    }

    private static double[] Score(long[] predicted, InMemoryData test)
    {
        long[] labels = test.Labels.data<long>().ToArray();
        double[] right = [.. Enumerable.Range(0, HandwrittenDigits.Classes).Select(label =>
            100 * predicted.Zip(labels).Where(pair => pair.Second == label).Average(pair => pair.First == label ? 1.0 : 0))];
        return [right.Average(), right[..3].Average(), right[3..6].Average(), right[6..].Average()];
    }
}
