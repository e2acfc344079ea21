using Digits;
using Dsl.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace Recipes.Representations;

/// <summary>
/// Digits of classes that no training saw, told by the density of features: 0 to 7 are within, 8 and 9 outside (Winkens et al.
/// 2020, arXiv 2007.05566, sections 3 and 4).
/// </summary>
/// <param name="seed">Decides split, initial parameters and every draw.</param>
/// <param name="device">Where to train.</param>
public sealed class NoveltyRecipe(int seed, Device device)
{
    private const int Within = 8;

    /// <summary>In place of the declared 500 steps of a training; null for those.</summary>
    public int? Steps { get; init; }

    /// <summary>AUROC in percent with a covariance for each class and with one for all; then that of the largest probability,
    /// where there is a classifier.</summary>
    public IEnumerable<(string Row, double[] Values)> Measure()
    {
        var (all, test) = HandwrittenDigits.LoadSplit(seed);
        using (all)
        using (test)
        using (var train = all.WhereLabel(label => label < Within))
        using (var known = test.WhereLabel(label => label < Within))
        using (var foreign = test.WhereLabel(label => label >= Within))
        {
            yield return ("pixels", Auroc(input => input.flatten(1), train, known, foreign));
            using var random = new ByContrast(New<Encoder>(), New<Head>(), device) { Seed = seed };
            random.Model.eval();
            yield return ("random weights", Auroc(random.Model.forward, train, known, foreign));
            using var contrast = new ByContrast(New<Encoder>(), New<Head>(), device) { Seed = seed };
            if (Steps is { } steps) contrast.Steps = steps;
            contrast.Fit(train);
            contrast.Model.eval();
            yield return ("SimCLR", Auroc(contrast.Model.forward, train, known, foreign));
            using var supervised = new Supervised(New<Classifier>(), device) { Seed = seed };
            if (Steps is { } few) supervised.Steps = few;
            supervised.Fit(train);
            supervised.Model.eval();
            double[] density = Auroc(input => supervised.Model.ForwardFeatures(input).Features, train, known, foreign);
            yield return ("all labels", [.. density, 100 * Confidence(supervised.Model, known, foreign)]);
        }
    }

    private double[] Auroc(Func<Tensor, Tensor> features, InMemoryData train, InMemoryData known, InMemoryData foreign)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Tensor learned = features(train.Inputs.to(device)), within = features(known.Inputs.to(device)),
        outside = features(foreign.Inputs.to(device));
        return [.. new[] { false, true }.Select(tied =>
        {
            using var density = FeatureDensity.Fit(learned, train.Labels, tied);
            return 100 * OutlierDetection.Of(density.Scores(within), density.Scores(outside)).Auroc;
        })];
    }

    private double Confidence(Classifier classifier, InMemoryData known, InMemoryData foreign)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        return OutlierDetection.Of(Largest(known), Largest(foreign)).Auroc;

        Tensor Largest(InMemoryData data) => classifier.forward(data.Inputs.to(device)).softmax(-1).amax([-1]);
    }

    private TNetwork New<TNetwork>()
        where TNetwork : nn.Module
    {
        using var generator = new Generator((ulong)seed);
        return (TNetwork)Activator.CreateInstance(typeof(TNetwork), generator)!;
    }
}
