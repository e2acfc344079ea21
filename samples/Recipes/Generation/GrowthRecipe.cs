using Digits;
using Dsl.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace Recipes.Generation;

/// <summary>A generator of digits that grows from 4 x 4 to 8 x 8 pixels (Karras et al. 2018, arXiv 1710.10196), beside the same
/// one of 8 x 8 from the start, for as many updates.</summary>
public static class GrowthRecipe
{
    private const int Samples = 1000;

    /// <summary>The classifier's confidence in percent, its score, the Fréchet distance of its features to those of the test
    /// images, precision and recall in percent, and how many digits there are.</summary>
    /// <param name="seed">Decides split, initial parameters and every draw.</param>
    /// <param name="device">Where to train.</param>
    /// <param name="steps">Updates of each generator; a quarter of them before growth begins, a quarter while it lasts.</param>
    public static IEnumerable<(string Row, double[] Values)> Measure(int seed, Device device, int steps = 4000)
    {
        var (train, test) = HandwrittenDigits.LoadSplit(seed);
        using (train)
        using (test)
        using (var scaled = DigitJudge.Scaled(train))
        using (var judge = new DigitJudge(train, test, seed, device))
        {
            using var generator = new Generator((ulong)seed);
            using var growing = new GrowingTrainer(new GrowingPainter(generator), new GrowingOpponent(generator), device)
            {
                Seed = seed,
                Steps = steps,
                StageHold = steps / 4,
                StageFade = steps / 4,
            };
            growing.Fit(scaled);
            using var grew = growing.Sample(Samples, seed);
            yield return ("growing", [.. judge.Scores(grew), judge.Modes(grew)]);

            using var other = new Generator((ulong)seed);
            using var grown = new GrownTrainer(new GrownPainter(other), new GrownOpponent(other), device)
            {
                Seed = seed,
                Steps = steps,
            };
            grown.Fit(scaled);
            using var made = grown.Sample(Samples, seed);
            yield return ("grown from the start", [.. judge.Scores(made), judge.Modes(made)]);
        }
    }
}
