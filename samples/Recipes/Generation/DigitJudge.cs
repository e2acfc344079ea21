using Digits;
using Dsl.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace Recipes.Generation;

/// <summary>A classifier of digits that judges samples, trained on the digits that they are made after.</summary>
public sealed class DigitJudge : IDisposable
{
    private readonly IDisposable _trainer;
    private readonly Func<Tensor, (Tensor Output, Tensor Features)> _classify;
    private readonly InMemoryData _test;
    private readonly Device _device;

    /// <summary>Trains the demo's classifier.</summary>
    /// <param name="train">Digits of [0, 1] with labels, [N, 1, 8, 8].</param>
    /// <param name="test">Those that samples are held against.</param>
    /// <param name="seed">Decides its initial parameters and the order of digits.</param>
    /// <param name="device">Where to train.</param>
    public DigitJudge(InMemoryData train, InMemoryData test, int seed, Device device)
    {
        using var generator = new Generator((ulong)seed);
        var trainer = new JudgeTrainer(new Judge(generator), device) { Seed = seed };
        trainer.Fit(train);
        trainer.Model.eval();
        (_trainer, _classify, _test, _device) = (trainer, trainer.Model.ForwardFeatures, test, device);
    }

    private DigitJudge(
        IDisposable trainer, Func<Tensor, (Tensor Output, Tensor Features)> classify, InMemoryData test, Device device) =>
        (_trainer, _classify, _test, _device) = (trainer, classify, test, device);

    /// <summary>Trains a classifier of MNIST's digits.</summary>
    /// <param name="train">Digits of [0, 1] with labels, [N, 1, 28, 28].</param>
    /// <param name="test">Those that samples are held against.</param>
    /// <param name="seed">Decides its initial parameters and the order of digits.</param>
    /// <param name="device">Where to train.</param>
    public static DigitJudge OfMnist(InMemoryData train, InMemoryData test, int seed, Device device)
    {
        using var generator = new Generator((ulong)seed);
        var trainer = new MnistJudgeTrainer(new MnistJudge(generator), device) { Seed = seed };
        trainer.Fit(train);
        trainer.Model.eval();
        return new DigitJudge(trainer, trainer.Model.ForwardFeatures, test, device);
    }

    /// <summary>The classifier's confidence in percent, its score, the Fréchet distance of its features to those of the test
    /// images, precision and recall in percent.</summary>
    /// <param name="samples">Digits of [−1, 1], as large as those it was trained on; cut where they lie outside.</param>
    public double[] Scores(Tensor samples)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var made = Ask(samples);
        var real = _classify(_test.Inputs.to(_device));
        double confidence = made.Output.softmax(1).amax([1L]).mean().ToDouble();
        var manifold = ManifoldScores.Of(real.Features, made.Features);
        return
        [
            100 * confidence, InceptionScore.Of(made.Output), FrechetDistance.Between(real.Features, made.Features),
            100 * manifold.Precision, 100 * manifold.Recall,
        ];
    }

    /// <summary>How many samples are taken for what they shall be, in percent.</summary>
    /// <param name="samples">As there.</param>
    /// <param name="labels">What they shall be, [N].</param>
    public double Agreement(Tensor samples, Tensor labels)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        return 100 * Ask(samples).Output.argmax(1).eq(labels.to(_device)).to(ScalarType.Float64).mean().ToDouble();
    }

    /// <summary>How many of the ten classes at least a hundredth of the samples are taken for: a tenth of an even
    /// share.</summary>
    /// <param name="samples">As there.</param>
    public int Modes(Tensor samples)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        long[] taken = Ask(samples).Output.argmax(1).cpu().data<long>().ToArray();
        return Enumerable.Range(0, 10).Count(digit => 100 * taken.Count(found => found == digit) >= taken.Length);
    }

    /// <summary>Digits in [−1, 1].</summary>
    public static InMemoryData Scaled(InMemoryData digits)
    {
        using var doubled = digits.Inputs + digits.Inputs;
        return new InMemoryData(doubled - ones_like(doubled), digits.Labels.clone());
    }

    /// <summary>Frees the classifier.</summary>
    public void Dispose() => _trainer.Dispose();

    private (Tensor Output, Tensor Features) Ask(Tensor samples)
    {
        var bounded = Aten.clamp(samples.to(_device), -1, 1);
        return _classify(Aten.div(Aten.add(bounded, 1), 2));
    }
}
