using Dsl.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace Recipes.Shakespeare;

/// <summary>A network that tells characters of Shakespeare from those around them.</summary>
public static class MaskedRecipe
{
    /// <summary>PyTorch's numbers with the same protocol (<c>bench/pytorch/masked.py</c>), 3 seeds: mean and deviation of how
    /// many masked characters are told, in percent, and of their cross-entropy in nats.</summary>
    public static readonly (double Told, double ToldDeviation, double Loss, double LossDeviation) Reference =
        (47.9, 0.1, 1.784, 0.007);

    private const int Places = 32, Selected = 5;

    /// <summary>Trains, and tells five characters of each window of the last tenth of the text, which all are masked.</summary>
    /// <returns>How many it tells, in percent, and their mean cross-entropy in nats.</returns>
    public static (double Told, double Loss) Measure(int seed, Device device, ITrainingProgress? progress, int steps = 1000)
    {
        using var reader = new StreamReader(DataFile.Open(DataFolder.File("tinyshakespeare", "input.txt.gz")));
        string text = reader.ReadToEnd();
        var vocabulary = new CharacterVocabulary(text);
        int train = (int)(0.9 * text.Length);
        using var windows = new TokenWindows(vocabulary.Encode(text[..train]), Places);
        using var generator = new Generator((ulong)seed);
        using var model = new MaskedModel(generator);
        using var trainer = new MaskedTrainer(model, device) { Seed = seed, Steps = steps };
        trainer.Fit(windows, progress);
        using var unseen = vocabulary.Encode(text[train..]);
        return Evaluate(model, unseen, vocabulary.Count, device);
    }

    private static (double Told, double Loss) Evaluate(MaskedModel model, Tensor unseen, long mask, Device device)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var generator = new Generator(1);
        model.eval();
        var windows = unseen.narrow(0, 0, unseen.shape[0] / Places * Places).view(-1, Places);
        double hits = 0, nats = 0, count = 0;
        foreach (var tokens in windows.split(256))
        {
            using var part = NewDisposeScope();
            var chosen = rand(tokens.shape, generator: generator).argsort(1).narrow(1, 0, Selected);
            var told = tokens.gather(1, chosen).to(device);
            var hidden = tokens.scatter(1, chosen, full_like(chosen, mask)).to(device);
            var logits = model.forward(hidden).gather(1, chosen.to(device).unsqueeze(2).expand(-1, -1, mask + 1));
            hits += logits.argmax(2).eq(told).sum().ToDouble();
            nats -= logits.log_softmax(2).gather(2, told.unsqueeze(2)).sum().ToDouble();
            count += told.numel();
        }

        return (100 * hits / count, nats / count);
    }
}
