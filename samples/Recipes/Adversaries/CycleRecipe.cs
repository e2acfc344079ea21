using Digits;
using Dsl.Runtime;
using Recipes.Generation;
using TorchSharp;
using static TorchSharp.torch;

namespace Recipes.Adversaries;

/// <summary>Two domains of which no pairs are known, handwritten digits and the inverses, or quarter turns, of other digits: what
/// is learned is held against the mapping that the domains were made by (Zhu et al. 2017, arXiv 1703.10593).</summary>
/// <param name="seed">Decides split, initial parameters and every draw.</param>
/// <param name="device">Where to train.</param>
/// <param name="steps">Steps of the four networks.</param>
public sealed class CycleRecipe(int seed, Device device, int steps = 2000)
{
    /// <summary>Errors beside the truth that rows stay below. A quarter turn has none: nothing leads to the truth.</summary>
    public static IReadOnlyDictionary<string, double> Goals { get; } = new Dictionary<string, double> { ["inverted"] = 5 };

    /// <summary>Of test images mapped there: the mean absolute error in percent of the range of pixels, the same of images that
    /// stay as they are, of images mapped there and back, and how many a classifier recognises when the truth is undone, in
    /// percent.</summary>
    public IEnumerable<(string Row, double[] Values)> Measure()
    {
        var (train, test) = HandwrittenDigits.LoadSplit(seed);
        using (train)
        using (test)
        using (var scaled = DigitJudge.Scaled(train))
        using (var scaledTest = DigitJudge.Scaled(test))
        using (var judge = new DigitJudge(train, test, seed, device))
        {
            using var inverter = new InverterTrainer(
                New<Inverter>(0), New<Expert>(1), New<Expert>(2), New<Inverter>(3), device) { Seed = seed, Steps = steps };
            Fit(scaled, image => image.neg(), (data, targets) => inverter.Fit(data, targets));
            yield return Row("inverted", scaledTest, image => image.neg(), image => image.neg(), inverter.Translate,
                inverter.TranslateBack, judge);

            using var turner = new TurnerTrainer(
                New<Turner>(0), New<Expert>(1), New<Expert>(2), New<Turner>(3), device) { Seed = seed, Steps = steps };
            Fit(scaled, image => image.rot90(1, (2, 3)), (data, targets) => turner.Fit(data, targets));
            yield return Row("a quarter turn", scaledTest, image => image.rot90(1, (2, 3)), image => image.rot90(-1, (2, 3)),
                turner.Translate, turner.TranslateBack, judge);
        }
    }

    /// <summary>No image of one domain is that of the other: the halves of the data are disjoint.</summary>
    private static void Fit(
        InMemoryData digits, Func<Tensor, Tensor> truth, Action<InMemoryData, InMemoryData> train)
    {
        using var scope = NewDisposeScope();
        long half = digits.Inputs.size(0) / 2;
        using InMemoryData data = new(digits.Inputs.narrow(0, 0, half).clone(), digits.Labels.narrow(0, 0, half).clone()),
            targets = new(truth(digits.Inputs.narrow(0, half, half)).contiguous().clone(),
                digits.Labels.narrow(0, half, half).clone());
        train(data, targets);
    }

    private static (string Row, double[] Values) Row(
        string name, InMemoryData test, Func<Tensor, Tensor> truth, Func<Tensor, Tensor> undone, Func<Tensor, Tensor> there,
        Func<Tensor, Tensor> back, DigitJudge judge)
    {
        using var scope = NewDisposeScope();
        Tensor images = test.Inputs, mapped = there(images), right = truth(images);
        return (name,
        [
            Error(mapped, right), Error(images, right), Error(back(mapped), images),
            judge.Agreement(undone(mapped).contiguous(), test.Labels),
        ]);

        // Pixels lie in [−1, 1].
        static double Error(Tensor found, Tensor expected) => 50 * (found - expected).abs().mean().ToDouble();
    }

    private TNetwork New<TNetwork>(int network)
        where TNetwork : nn.Module
    {
        using var generator = new Generator((ulong)(10 * seed + network));
        return (TNetwork)Activator.CreateInstance(typeof(TNetwork), generator)!;
    }
}
