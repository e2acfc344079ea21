using Dsl.Runtime;
using static TorchSharp.torch;

namespace Recipes.Shakespeare;

/// <summary>A transformer that writes like Shakespeare, character by character.</summary>
public static class ShakespeareRecipe
{
    /// <summary>Mean cross-entropy on the last tenth of the text after 2,000 steps, in nats a character.</summary>
    public static double ValidationLoss(int seed, Device device, ITrainingProgress? progress)
    {
        using var reader = new StreamReader(DataFile.Open(DataFolder.File("tinyshakespeare", "input.txt.gz")));
        string text = reader.ReadToEnd();
        var vocabulary = new CharacterVocabulary(text);
        int train = (int)(0.9 * text.Length);
        using var windows = new TokenWindows(vocabulary.Encode(text[..train]), 64);
        using var validation = new TokenWindows(vocabulary.Encode(text[train..]), 64, stride: 64);

        using var generator = new Generator((ulong)seed);
        using var model = new CharacterModel(generator);
        using var trainer = new CharacterTrainer(model, device) { Seed = seed };
        trainer.Fit(windows, progress);
        return trainer.Evaluate(validation).Loss;
    }
}
