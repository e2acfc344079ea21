using Digits;
using Dsl.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace Recipes.Robustness;

/// <summary>
/// Handwritten digits that an attack moved: networks trained on the images as they are, on attacked ones, and behind three
/// defences that only seem to help. Every network is asked by its own gradient, by another network's, and by queries alone.
/// </summary>
/// <param name="seed">Decides split, initial parameters and every draw.</param>
/// <param name="device">Where to train.</param>
public sealed class RobustnessRecipe(int seed, Device device)
{
    /// <summary>PyTorch 1.13 with the same recipe on other random splits, in percent: clean, FGSM and 40 steps of PGD at ε =
    /// 0.1, PGD at 0.2. Means of 3 seeds; deviations were not measured.</summary>
    public static IReadOnlyList<(double Mean, double Deviation)[]> References { get; } =
    [
        [(99.2, 0.5), (73.1, 3), (65.7, 3), (1.4, 3)], [(99.1, 0.5), (88.0, 3), (85.0, 3), (12.9, 3)],
        [(99.1, 0.5), (91.1, 3), (87.9, 3), (22.6, 3)],
    ];

    /// <summary>How many passes over the data a training makes, in place of the declared 30 (100 of the autoencoder); null for
    /// those.</summary>
    public int? Epochs { get; init; }

    /// <summary>Queries of the attack by squares.</summary>
    public int Queries { get; init; } = 500;

    /// <summary>Accuracy in percent: as they are, FGSM and PGD at ε = 0.1, PGD at 0.2, PGD at 0.1 by the gradient of another
    /// network that was trained as the first, and by queries alone at 0.1.</summary>
    public IEnumerable<(string Row, double[] Values)> Measure()
    {
        var (train, test) = HandwrittenDigits.LoadSplit(seed);
        using (train)
        using (test)
        using (var other = new Natural(Network(1), device) { Seed = seed + 1 })
        using (var natural = new Natural(Network(), device) { Seed = seed })
        using (var byFgsm = new ByFgsm(Network(), device) { Seed = seed })
        using (var byPgd = new ByPgd(Network(), device) { Seed = seed })
        using (var byTrades = new ByTrades(Network(), device) { Seed = seed })
        using (var tempered = new Tempered(Network(), device) { Seed = seed })
        {
            if (Epochs is { } epochs)
            {
                other.Epochs = natural.Epochs = byFgsm.Epochs = byPgd.Epochs = byTrades.Epochs = tempered.Epochs = epochs;
            }

            other.Fit(train);
            natural.Fit(train);
            yield return ("as they are", Accuracies(natural.Model, other.Model, test));
            byFgsm.Fit(train);
            yield return ("FGSM", Accuracies(byFgsm.Model, other.Model, test));
            byPgd.Fit(train);
            yield return ("PGD, 7 steps", Accuracies(byPgd.Model, other.Model, test));
            byTrades.Fit(train);
            yield return ("TRADES", Accuracies(byTrades.Model, other.Model, test));

            tempered.Fit(train);
            using var distilled = new Distilled(Network(), tempered.Model, device) { Seed = seed };
            if (Epochs is { } passes) distilled.Epochs = passes;
            distilled.Fit(train);
            yield return ("defence: distillation", Accuracies(distilled.Model, other.Model, test));

            using var noisy = new Noisy(natural.Model, 0.2, seed);
            yield return ("defence: noise", Accuracies(noisy, other.Model, test));

            using var initialization = new Generator((ulong)seed);
            using var denoiser = new Denoiser(new Encoder(initialization), new Decoder(initialization), device) { Seed = seed };
            if (Epochs is { } rounds) denoiser.Epochs = 3 * rounds;
            denoiser.Fit(train);
            using var denoised = new Denoised(denoiser.Model, denoiser.Decoder, natural.Model);
            yield return ("defence: denoising", Accuracies(denoised, other.Model, test));
        }
    }

    private double[] Accuracies(nn.Module<Tensor, Tensor> network, nn.Module<Tensor, Tensor> other, InMemoryData test)
    {
        LinfBall small = new(0.1), large = new(0.2);
        InputAttack[] attacks =
        [
            GradientAttack.Fgsm(small), new GradientAttack(small) { StepSize = 0.01 },
            new GradientAttack(large) { StepSize = 0.02 }, new GradientAttack(small) { StepSize = 0.01, Source = other },
            new SquareAttack(small) { Queries = Queries },
        ];
        var found = attacks.Select(attack => RobustAccuracy.Evaluate(network, test, attack, device, seed)).ToList();
        return [100 * found[0].CleanAccuracy, .. found.Select(each => 100 * each.Accuracy)];
    }

    private Cnn Network(int offset = 0)
    {
        using var generator = new Generator((ulong)(seed + (1000 * offset)));
        return new Cnn(generator);
    }

    /// <summary>A classifier of images with normal noise, fresh in each pass.</summary>
    private sealed class Noisy : nn.Module<Tensor, Tensor>
    {
        private readonly nn.Module<Tensor, Tensor> _classifier;
        private readonly double _deviation;
        private readonly Generator _generator;

        public Noisy(nn.Module<Tensor, Tensor> classifier, double deviation, int seed)
            : base(nameof(Noisy))
        {
            (_classifier, _deviation, _generator) = (classifier, deviation, new Generator((ulong)seed));
            register_module("classifier", classifier);
        }

        public override Tensor forward(Tensor input)
        {
            using var noise = randn(input.shape, generator: _generator).to(input.device);
            return _classifier.forward(Aten.clamp(Aten.add(input, noise, _deviation), 0, 1));
        }

        protected override void Dispose(bool disposing)
        {
            // The classifier is its trainer's.
            if (disposing) _generator.Dispose();
        }
    }

    /// <summary>A classifier of what an autoencoder makes of images.</summary>
    private sealed class Denoised : nn.Module<Tensor, Tensor>
    {
        private readonly Encoder _encoder;
        private readonly Decoder _decoder;
        private readonly Cnn _classifier;

        public Denoised(Encoder encoder, Decoder decoder, Cnn classifier)
            : base(nameof(Denoised))
        {
            (_encoder, _decoder, _classifier) = (encoder, decoder, classifier);
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => _classifier.forward(_decoder.forward(_encoder.forward(input)));

        protected override void Dispose(bool disposing)
        {
            // All of it is its trainers'.
        }
    }
}
