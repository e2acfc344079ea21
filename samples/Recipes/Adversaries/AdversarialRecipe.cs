using Digits;
using Dsl.Runtime;
using Recipes.Generation;
using TorchSharp;
using static TorchSharp.torch;

namespace Recipes.Adversaries;

/// <summary>Handwritten digits made of noise by generators against their judges, scored by a classifier of digits.</summary>
/// <param name="seed">Decides split, initial parameters and every draw.</param>
/// <param name="device">Where to train.</param>
/// <param name="steps">Updates of each generator.</param>
public sealed class AdversarialRecipe(int seed, Device device, int steps = 6000)
{
    private const int Samples = 1000, CriticSteps = 2;

    /// <summary>Distances that rows stay below, with room for other seeds. They were set when the recipe had been run.</summary>
    public static IReadOnlyDictionary<string, double> Goals { get; } = new Dictionary<string, double>
    {
        ["hinge"] = 60, ["WGAN with a penalty of the slope"] = 15, ["hinge with labels"] = 15,
    };

    /// <summary>The classifier's confidence in percent, its score, the Fréchet distance of its features to those of the test
    /// images, precision and recall in percent, how many of the ten digits it finds, and how many samples it takes for what they
    /// shall be, in percent, 0 where nothing says that.</summary>
    public IEnumerable<(string Row, double[] Values)> Measure()
    {
        var (train, test) = HandwrittenDigits.LoadSplit(seed);
        using (train)
        using (test)
        using (var scaled = DigitJudge.Scaled(train))
        using (var judge = new DigitJudge(train, test, seed, device))
        {
            using var plain = new PainterTrainer(New<Painter>(), New<Opponent>(), device) { Seed = seed, Steps = steps };
            plain.Fit(scaled);
            yield return Row("non-saturating", plain.Sample(Samples, seed), judge);

            using var hinge = new HingeTrainer(New<Painter>(), New<Opponent>(), device) { Seed = seed, Steps = steps };
            hinge.Fit(scaled);
            yield return Row("hinge", hinge.Sample(Samples, seed), judge);

            using var distance = new WassersteinTrainer(New<Painter>(), New<Opponent>(), device)
            {
                Seed = seed,
                Steps = CriticSteps * steps,
            };
            distance.Fit(scaled);
            yield return Row("WGAN with a penalty of the slope", distance.Sample(Samples, seed), judge);

            using var labelled = new LabelledTrainer(New<LabelledPainter>(), New<LabelledOpponent>(), device)
            {
                Seed = seed,
                Steps = steps,
            };
            labelled.Fit(scaled);
            using var labels = arange(Samples, ScalarType.Int64, device).remainder(10);
            yield return Row("hinge with labels", labelled.Sample(labels, seed), judge, labels);
            yield return Row("training images", scaled.Inputs.clone(), judge, scaled.Labels);
        }
    }

    private static (string Row, double[] Values) Row(string name, Tensor samples, DigitJudge judge, Tensor? labels = null)
    {
        using (samples)
        {
            return (name,
                [.. judge.Scores(samples), judge.Modes(samples), labels is null ? 0 : judge.Agreement(samples, labels)]);
        }
    }

    private TNetwork New<TNetwork>()
        where TNetwork : nn.Module
    {
        using var generator = new Generator((ulong)seed);
        return (TNetwork)Activator.CreateInstance(typeof(TNetwork), generator)!;
    }
}
