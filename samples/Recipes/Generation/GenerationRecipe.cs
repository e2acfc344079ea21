using Digits;
using Dsl.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace Recipes.Generation;

/// <summary>Handwritten digits made of noise, by diffusion and by a flow, judged by a classifier of digits.</summary>
/// <param name="seed">Decides split, initial parameters and every draw.</param>
/// <param name="device">Where to train.</param>
/// <param name="steps">Updates of a generator, 3000 in the reference.</param>
public sealed class GenerationRecipe(int seed, Device device, int steps = 3000)
{
    private const int Samples = 1000, NoiseDraws = 20, Levels = 100;

    /// <summary>PyTorch's numbers with the same recipe, of two seeds: error of the noise in thousandths, confidence of the
    /// classifier in percent, its score. Deviations but the score's were not measured: they are those that the rows have
    /// here.</summary>
    public static IReadOnlyList<(double Mean, double Deviation)[]> References { get; } =
        [[(140, 5), (77, 2), (4.6, 0.1)]];

    /// <summary>The row that a reference was measured for, and then the others: error of the predicted noise on test images in
    /// thousandths (0 where none is predicted), the classifier's confidence in percent, its score, the Fréchet distance of its
    /// features to those of the test images, precision and recall in percent.</summary>
    public IEnumerable<(string Row, double[] Values)> Measure()
    {
        var (train, test) = HandwrittenDigits.LoadSplit(seed);
        using (train)
        using (test)
        using (var scaled = DigitJudge.Scaled(train))
        using (var judge = new DigitJudge(train, test, seed, device))
        {
            using var diffusion = new DiffusionTrainer(New<Denoiser>(), device) { Seed = seed, Steps = steps };
            diffusion.Fit(scaled);
            double error = Error(diffusion.Model, test);
            yield return Row("diffusion, 100 levels", diffusion.Sample(Samples, seed), error, judge);
            yield return Row(
                "the same, DDIM of 20 steps", diffusion.SampleDdim(Samples, 20, seed: seed), error, judge);

            using var averaged = new AveragedDiffusionTrainer(New<Denoiser>(), device) { Seed = seed, Steps = steps };
            averaged.Fit(scaled);
            yield return Row("averaged weights, bounded",
                averaged.Sample(Samples, seed), Error(averaged.Average, test), judge);

            using var flow = new FlowTrainer(New<Velocity>(), device) { Seed = seed, Steps = steps };
            flow.Fit(scaled);
            yield return Row("flow matching, 20 steps of Heun", flow.Sample(Samples, 20, seed), 0, judge);
            yield return Row("training images", scaled.Inputs.clone(), 0, judge);
        }
    }

    private double Error(Denoiser denoiser, InMemoryData test)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var diffusion = new GaussianDiffusion(
            BetaSchedule.Linear(Levels, 1e-3, 0.2), DenoisingTarget.Noise, 0, ScalarType.Float32, device);
        using var stream = new RandomStream(seed, "test noise");
        using var scaled = DigitJudge.Scaled(test);
        var draws = new DrawSampler(stream, 0, ScalarType.Float32, device);
        var images = scaled.Inputs.to(device);
        double sum = 0;
        for (int i = 0; i < NoiseDraws; i++)
        {
            Tensor noise = draws.Normal(images.shape), time = draws.Integers(Levels, images.size(0));
            sum += (noise - denoiser.forward(diffusion.Noised(images, noise, time), time)).square().mean().ToDouble();
        }

        return 1000 * sum / NoiseDraws;
    }

    private static (string Row, double[] Values) Row(string name, Tensor samples, double error, DigitJudge judge)
    {
        using (samples)
            return (name, [error, .. judge.Scores(samples)]);
    }

    private TNetwork New<TNetwork>()
        where TNetwork : nn.Module
    {
        using var generator = new Generator((ulong)seed);
        return (TNetwork)Activator.CreateInstance(typeof(TNetwork), generator)!;
    }
}
