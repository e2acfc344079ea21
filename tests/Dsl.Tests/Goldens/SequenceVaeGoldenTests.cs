using Dsl.Runtime;
using Dsl.Tests.SequenceVaes;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests.SequenceVaes
{
    [Model(6, Elements = Elements.Index), Embedding(7, 4), Gru(5, States = States.Last), Linear(6)]
    public partial class GruReader;

    [Model(6, Elements = Elements.Index), Embedding(7, 4), Lstm(5, States = States.Last), Linear(6)]
    public partial class LstmReader;

    [Model(3), Input("words", 6, Elements = Elements.Index), Linear(4), Tag("told"), From("words"), Embedding(9, 4)]
    [Permute(2, 1), ChannelBias("told"), Permute(2, 1), Lstm(5), Linear(7)]
    public partial class LstmWriter;

    [Model(3), Input("words", 6, Elements = Elements.Index), Linear(4), Tag("told"), From("words"), Embedding(9, 4)]
    [Permute(2, 1), ChannelBias("told"), Permute(2, 1), Gru(5), Linear(7)]
    public partial class GruWriter;

    [Trainer<GruReader>, Sgd(0.02, Momentum = 0.9), Steps(3)]
    [SequenceVariationalAutoencoder<LstmWriter>(7, WordDropout = 0.4, Unknown = 8, End = 0, RampUpSteps = 2)]
    public partial class Annealed;

    [Trainer<GruReader>(Backward = Backward.Autograd), Sgd(0.02, Momentum = 0.9), Steps(3)]
    [SequenceVariationalAutoencoder<LstmWriter>(7, WordDropout = 0.4, Unknown = 8, End = 0, RampUpSteps = 2)]
    public partial class AnnealedAutograd;

    [Trainer<LstmReader>, SequenceVariationalAutoencoder<GruWriter>(7, Beta = 0.5), Sgd(0.02, Momentum = 0.9), Steps(3)]
    public partial class Seen;

    [Trainer<LstmReader>(Backward = Backward.Autograd), SequenceVariationalAutoencoder<GruWriter>(7, Beta = 0.5)]
    [Sgd(0.02, Momentum = 0.9), Steps(3)]
    public partial class SeenAutograd;

    [Model(6, Elements = Elements.Index), Embedding(4, 8), Gru(32, States = States.Last), Linear(4)]
    public partial class WordReader;

    [Model(2), Input("words", 6, Elements = Elements.Index), Linear(8), Tag("told"), From("words"), Embedding(6, 8)]
    [Permute(2, 1), ChannelBias("told"), Permute(2, 1), Gru(32), Linear(4)]
    public partial class WordWriter;

    [Trainer<WordReader>, Adam(1e-2), BatchSize(32), Steps(400)]
    [SequenceVariationalAutoencoder<WordWriter>(4, WordDropout = 0.5, Unknown = 5, End = 0, RampUpSteps = 300)]
    public partial class WordTrainer;
}

namespace Dsl.Tests
{
    /// <summary>Variational autoencoders of sequences against tests/goldens/sequence_vae.py, and what their trainers do
    /// beside steps.</summary>
    public class SequenceVaeGoldenTests
    {
        [Theory]
        [InlineData("annealed", typeof(Annealed))]
        [InlineData("annealed", typeof(AnnealedAutograd))]
        [InlineData("plain", typeof(Seen))]
        [InlineData("plain", typeof(SeenAutograd))]
        public void Three_steps(string name, Type type) =>
            JointRun.ThreeSteps(Golden.Load("sequence_vae/" + name), type, "model.", "decoder.");

        [Fact]
        public void A_decoder_reads_the_token_before()
        {
            using var scope = NewDisposeScope();
            var tokens = tensor(new long[] { 3, 1, 0, 2, 5, 0, 0, 4 }, [2, 4]);
            var dropped = tensor(new[] { true, false, true, false, true, true, true, false }, [2, 4]);
            Assert.Equal([7, 3, 1, 0, 7, 5, 0, 0], Numbers(LatentSequences.Before(tokens, 7)));
            Assert.Equal([7, 3, 8, 0, 7, 8, 8, 0], Numbers(LatentSequences.Before(tokens, dropped, 7, 8)));
            Assert.Equal([3, 1, 0, -100, 5, 0, -100, -100], Numbers(LatentSequences.Labels(tokens, 0)));
            Assert.Equal([3, 1, 0, 2, 5, 0, 0, 4], Numbers(LatentSequences.Labels(tokens, -1)));
            Assert.Equal([3, 1, 0, 2, 5, 0, 0, 4], Numbers(tokens));
        }

        [Fact]
        public void Weights_grow_evenly()
        {
            using var trainer = new Annealed(new GruReader(), new LstmWriter());
            Assert.Equal([0, 0.5, 1, 1], Enumerable.Range(0, 4)
                .Select(step => trainer.SequenceVariationalAutoencoderBetaAt(step)));
        }

        /// <summary>What is written is likeliest, or drawn, by the very logits of a whole pass over it.</summary>
        [Fact]
        public void What_is_written_is_what_the_decoder_tells()
        {
            using var scope = NewDisposeScope();
            using var writer = new LstmWriter(new Generator(3));
            using (no_grad()) foreach (var parameter in writer.parameters()) Aten.mul_(parameter, 4);
            var latent = randn([50, 3], generator: new Generator(4));
            var numbers = rand([50, 6], generator: new Generator(5));
            foreach (bool draws in new[] { false, true })
            {
                var written = draws ? LatentSequences.Draw(latent, numbers, writer, 7, -1)
                    : LatentSequences.Decode(latent, writer, 6, 7, -1);
                var logits = writer.forward(latent, LatentSequences.Before(written, 7)).reshape(-1, 7);
                var expected = draws ? new TokenDecoding().Choose(logits, numbers.reshape(-1)) : logits.argmax(1);
                Assert.Equal(Numbers(expected), Numbers(written));
                Assert.True(Numbers(written).Distinct().Count() > 3);
            }

            long[] ending = Numbers(LatentSequences.Draw(latent, numbers, writer, 7, 2));
            Assert.Contains(2, ending);
            foreach (long[] row in ending.Chunk(6))
                Assert.All(row.SkipWhile(token => token != 2), token => Assert.Equal(2, token));
        }

        /// <summary>Five sentences, of which a decoder sees half of the words: z tells them apart, and where it is drawn anew one
        /// of them is written.</summary>
        [Fact]
        public void Sentences_are_told_by_latent_numbers()
        {
            using var scope = NewDisposeScope();
            long[][] sentences =
            [
                [1, 2, 3, 0, 0, 0], [3, 3, 1, 2, 0, 0], [2, 2, 2, 2, 2, 0], [1, 0, 0, 0, 0, 0], [3, 1, 3, 1, 0, 0],
            ];
            var tokens = tensor(Enumerable.Range(0, 200).SelectMany(i => sentences[i % 5]).ToArray(), [200, 6]);
            using var data = new InMemoryData(tokens, zeros(200, ScalarType.Int64));
            using var trainer = new WordTrainer(new WordReader(new Generator(1)), new WordWriter(new Generator(2))) { Seed = 3 };
            trainer.Fit(data);
            var codes = trainer.Encode(tokens.narrow(0, 0, 5));
            Assert.Equal([5L, 2], codes.shape);
            Assert.Equal(sentences.SelectMany(token => token), Numbers(trainer.Decode(codes)));

            var known = sentences.Select(sentence => string.Join(" ", sentence)).ToHashSet();
            var sampled = Numbers(trainer.Sample(200, seed: 1)).Chunk(6).Select(row => string.Join(" ", row)).ToList();
            Assert.True(sampled.Count(known.Contains) > 160, $"{sampled.Count(known.Contains)} of 200");
            Assert.Equal(5, sampled.Where(known.Contains).Distinct().Count());
            Assert.Equal(sampled, Numbers(trainer.Sample(200, seed: 1)).Chunk(6).Select(row => string.Join(" ", row)));

            // The likelihood of five equally frequent sentences is log 5 = 1.61 nats at best.
            var bound = trainer.EvaluateBound(data, 20, seed: 1);
            Assert.InRange(-bound.Elbo, Math.Log(5), 2.6);
            Assert.InRange(bound.Divergence, 1, 2.6);
            Assert.True(bound.ImportanceWeighted >= bound.Elbo);
        }

        private static long[] Numbers(Tensor tokens) => tokens.reshape(-1).data<long>().ToArray();
    }
}
