using Dsl.Runtime;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests.Behaviour.Predictions;

[Model(4, 20), Linear(16), TransformerEncoderLayer(2, 32, Dropout = 0, NormFirst = true), LayerNorm]
public partial class SeenPatches;

[Model(16, 17), Linear(16), PositionalEmbedding, TransformerEncoderLayer(2, 32, Dropout = 0, NormFirst = true), Linear(4)]
public partial class RestoringDecoder;

[Trainer<SeenPatches>, MaskedAutoencoder<RestoringDecoder>(Patch = 2), Adam(3e-3), BatchSize(64), Steps(300)]
public partial class SeenPatchesTrainer;

[Model(12, 1), Linear(8), ReLU, Linear(8)]
public partial class Samples;

[Model(12, 8), Gru(16)]
public partial class Before;

[Model(12, 16), Linear(16, Bias = false)]
public partial class After;

[Trainer<Samples>, Cpc<Before, After>(Horizons = 2), Adam(1e-2), BatchSize(32, DropLast = true), Steps(300)]
public partial class SamplesTrainer;

[Model(8), Linear(16), ReLU, Linear(8)]
public partial class Row;

[Model(24), Linear(16), ReLU, Linear(2)]
public partial class InOrder;

[Trainer<Row>, TemporalOrder<InOrder>(3), Adam(5e-3), BatchSize(64), Steps(300)]
public partial class RowTrainer;

[Model(8, Elements = Elements.Index), Embedding(12, 8), PositionalEmbedding, Flatten, Linear(32), ReLU, Linear(16)]
public partial class Tokens;

[Model(16), Linear(2)]
public partial class Answer;

[Trainer<Tokens>, SentenceOrder<Answer>, Adam(1e-2), BatchSize(64), Steps(300)]
public partial class TokensOrderTrainer;

[Trainer<Tokens>, NextSentence<Answer>, Adam(1e-2), BatchSize(64), Steps(600)]
public partial class TokensPairTrainer;

[Model(1, 8, 8), Conv2d(8, 3, Padding = 1), ReLU, Conv2d(8, 3, Stride = 2, Padding = 1), ReLU]
public partial class Brightness;

[Model(8, 4, 4), Conv2d(9, 1)]
public partial class Hue;

[Trainer<Brightness>, Colorization<Hue>(Bins = 3), Adam(1e-2), BatchSize(64), Steps(200)]
public partial class BrightnessTrainer;

/// <summary>Each task is solved where a sample's parts tell of each other, and stays at what guessing costs where they do
/// not.</summary>
public class PredictiveTests
{
    // Of normal numbers the mean predicts best, with an error of 1.
    [Theory]
    [InlineData(true, 0, 0.1)]
    [InlineData(false, 0.95, 1.1)]
    public void Masked_patches(bool isTold, double least, double most)
    {
        using var generator = new Generator(3);
        using var images = isTold ? randn([4096, 1, 1, 1], generator: generator).expand(4096, 1, 8, 8).contiguous()
            : randn([4096, 1, 8, 8], generator: generator);
        using SeenPatches model = new(generator);
        using RestoringDecoder decoder = new(generator);
        using var trainer = new SeenPatchesTrainer(model, decoder);
        Assert.InRange(Loss(trainer, images, 64, 300), least, most);
    }

    // Waves of a phase of their own go on as they have begun; of white noise log N - loss, a bound of the information, is 0.
    [Theory]
    [InlineData(true, 0, 2.5)]
    [InlineData(false, 3.4, 3.6)]
    public void Futures(bool isTold, double least, double most)
    {
        using var generator = new Generator(3);
        using var time = arange(0, 12, float32).reshape(1, 12, 1);
        using var phase = rand([4096, 1, 1], generator: generator);
        using var waves = time.mul(0.5f).add(phase.mul(6.2832f)).sin();
        using var noise = randn([4096, 12, 1], generator: generator);
        using Samples model = new(generator);
        using Before context = new(generator);
        using After predictor = new(generator);
        using var trainer = new SamplesTrainer(model, context, predictor);
        Assert.InRange(Loss(trainer, isTold ? waves : noise, 32, 300), least, most);
    }

    // Numbers that grow with time have an order; those that do not, have none.
    [Theory]
    [InlineData(true, 0, 0.2)]
    [InlineData(false, 0.66, 0.75)]
    public void Frames(bool isTold, double least, double most)
    {
        using var generator = new Generator(3);
        using var time = isTold ? arange(0, 3, float32).reshape(1, 3, 1) : zeros(1, 3, 1);
        using var frames = randn([4096, 3, 8], generator: generator).add(time.mul(2f));
        using Row model = new(generator);
        using InOrder head = new(generator);
        using var trainer = new RowTrainer(model, head);
        Assert.InRange(Loss(trainer, frames, 64, 300), least, most);
    }

    // Each second half has the first one's tokens plus 6.
    [Theory]
    [InlineData(true, 0, 0.2)]
    [InlineData(false, 0.66, 0.8)]
    public void Order_of_segments(bool isTold, double least, double most)
    {
        using var generator = new Generator(3);
        using var tokens = Segments(isTold, generator);
        using Tokens model = new(generator);
        using Answer head = new(generator);
        using var trainer = new TokensOrderTrainer(model, head);
        Assert.InRange(Loss(trainer, tokens, 64, 300), least, most);
    }

    [Theory]
    [InlineData(true, 0, 0.3)]
    [InlineData(false, 0.66, 0.8)]
    public void Pairs_of_segments(bool isTold, double least, double most)
    {
        using var generator = new Generator(3);
        using var tokens = Segments(isTold, generator);
        using Tokens model = new(generator);
        using Answer head = new(generator);
        using var trainer = new TokensPairTrainer(model, head);
        Assert.InRange(Loss(trainer, tokens, 64, 600), least, most);
    }

    // Bright images are red, dark ones blue; or the colour is any, whatever the brightness.
    [Theory]
    [InlineData(true, 0, 0.2)]
    [InlineData(false, 0.6, 0.8)]
    public void Colors(bool isTold, double least, double most)
    {
        using var generator = new Generator(3);
        using var bright = randint(0, 2, [4096, 1, 1, 1], ScalarType.Int64, generator: generator).to_type(ScalarType.Float32);
        using var other = randint(0, 2, [4096, 1, 1, 1], ScalarType.Int64, generator: generator).to_type(ScalarType.Float32);
        using var isRed = isTold ? bright.alias() : other.alias();

        // The colour is added in such a way that the brightness stays as it is.
        using var dark = bright.mul(0.2f).add(0.1f);
        using var red = dark.add(isRed.mul(0.6f));
        using var green = dark.expand(4096, 1, 1, 1);
        using var blue = dark.add(isRed.neg().add(1f).mul(0.6f));
        using var shift = isRed.mul(0.6f * 0.299f).add(isRed.neg().add(1f).mul(0.6f * 0.114f));
        using var one = cat([red.sub(shift), green.sub(shift), blue.sub(shift)], 1).add(0.2f);
        using var images = one.expand(4096, 3, 8, 8).contiguous();
        using Brightness model = new(generator);
        using Hue head = new(generator);
        using var trainer = new BrightnessTrainer(model, head);
        Assert.InRange(Loss(trainer, images, 64, 200), least, most);
    }

    private static Tensor Segments(bool isTold, Generator generator)
    {
        using var first = randint(0, 6, [4096, 4], ScalarType.Int64, generator: generator);
        using var second = randint(0, 6, [4096, 4], ScalarType.Int64, generator: generator);
        return isTold ? cat([first, first.add(6)], 1) : cat([first, second], 1);
    }

    /// <summary>The mean loss of the last 20 steps over batches in order, none of them seen twice before all were.</summary>
    private static double Loss(dynamic trainer, Tensor samples, int batch, int steps)
    {
        Type type = ((object)trainer).GetType().GetNestedType("Batch")!;
        double sum = 0;
        for (int step = 0; step < steps; step++)
        {
            using var scope = NewDisposeScope();
            long start = step * (long)batch % samples.size(0);
            dynamic own = Activator.CreateInstance(type, samples.narrow(0, start, batch))!;
            dynamic losses = trainer.Step(own);
            if (step >= steps - 20) sum += ((Tensor)losses.Total).ToDouble();
        }

        return sum / 20;
    }
}
