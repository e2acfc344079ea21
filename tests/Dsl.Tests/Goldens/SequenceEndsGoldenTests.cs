using Dsl.Runtime;
using Dsl.Tests.Ends;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>Sequences of different lengths against PyTorch's key_padding_mask, packed sequences and masked means.</summary>
public class SequenceEndsGoldenTests
{
    [Fact] public void Attention() => Check<MaskedAttention, MaskedAttention.Tape>("attention");

    [Fact] public void Encoder() => Check<MaskedEncoder, MaskedEncoder.Tape>("encoder");

    [Fact] public void Encoder_normalised_first() =>
        Check<MaskedEncoderNormFirst, MaskedEncoderNormFirst.Tape>("encoder_norm_first");

    [Fact] public void Decoder() => Check<MaskedDecoder, MaskedDecoder.Tape>("decoder", "0.1.");

    [Fact] public void Rnn() => Check<PackedRnn, PackedRnn.Tape>("rnn");

    [Fact] public void Lstm() => Check<PackedLstm, PackedLstm.Tape>("lstm");

    [Fact] public void Lstm_last_states() => Check<PackedLstmLast, PackedLstmLast.Tape>("lstm_last");

    [Fact] public void Gru() => Check<PackedGru, PackedGru.Tape>("gru");

    [Fact] public void Gru_last_states() => Check<PackedGruLast, PackedGruLast.Tape>("gru_last");

    [Fact] public void Mean_of_own_places() => Check<MaskedMean, MaskedMean.Tape>("mean");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Cross_entropy_of_own_places(bool autograd)
    {
        var golden = Golden.Load("ends/cross_entropy");
        using var model = Restored<Tagger>(golden);
        using IDisposable trainer = autograd ? new TaggerAutograd(model) : new TaggerExplicit(model);
        Run(golden, trainer, model.Arena, model);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Label_smoothing_of_own_places(bool autograd)
    {
        var golden = Golden.Load("ends/smoothing");
        using var model = Restored<Tagger>(golden);
        using IDisposable trainer = autograd ? new SmoothedTaggerAutograd(model) : new SmoothedTaggerExplicit(model);
        Run(golden, trainer, model.Arena, model);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Squared_error_of_own_places(bool autograd)
    {
        var golden = Golden.Load("ends/squared");
        using var model = Restored<Reader>(golden);
        using IDisposable trainer = autograd ? new ReaderAutograd(model) : new ReaderExplicit(model);
        Run(golden, trainer, model.Arena, model);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Absolute_error_of_own_places(bool autograd)
    {
        var golden = Golden.Load("ends/absolute");
        using var model = Restored<Reader>(golden);
        using IDisposable trainer = autograd ? new AbsoluteReaderAutograd(model) : new AbsoluteReaderExplicit(model);
        Run(golden, trainer, model.Arena, model);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Huber_of_own_places(bool autograd)
    {
        var golden = Golden.Load("ends/huber");
        using var model = Restored<Reader>(golden);
        using IDisposable trainer = autograd ? new HuberReaderAutograd(model) : new HuberReaderExplicit(model);
        Run(golden, trainer, model.Arena, model);
    }

    [Fact]
    public void An_evaluation_counts_own_places_alone()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(4);
        using var trainer = new TaggerExplicit(new Tagger(new Generator(1)));
        var tokens = randint(0, 9, new long[] { 700, 6 }, ScalarType.Int64, generator: generator);
        var lengths = randint(1, 7, new long[] { 700 }, ScalarType.Int64, generator: generator);
        var labels = randint(0, 3, new long[] { 700, 6 }, ScalarType.Int64, generator: generator);
        using var data = new InMemoryData(tokens, labels).With("lengths", lengths);
        var evaluation = trainer.Evaluate(data);
        using var own = arange(6).unsqueeze(0).lt(lengths.unsqueeze(1));
        var logits = trainer.Model.forward(tokens, lengths).reshape(-1, 3);
        var rows = own.reshape(-1).nonzero().reshape(-1);
        var (z, y) = (logits.index_select(0, rows), labels.reshape(-1).index_select(0, rows));
        Assert.Equal(rows.numel(), evaluation.Count);
        Assert.Equal(nn.functional.cross_entropy(z, y).ToDouble(), evaluation.Loss, 1e-5);
        Assert.Equal(z.argmax(1).eq(y).to(ScalarType.Float64).mean().ToDouble(), evaluation.Accuracy, 1e-9);
    }

    [Fact]
    public void An_evaluation_of_numbers_counts_own_places_alone()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(4);
        using var trainer = new ReaderExplicit(new Reader(new Generator(1)));
        var tokens = randint(0, 9, new long[] { 50, 6 }, ScalarType.Int64, generator: generator);
        var lengths = randint(1, 7, new long[] { 50 }, ScalarType.Int64, generator: generator);
        var targets = randn([50, 6, 2], generator: generator);
        using var data = new InMemoryData(tokens, targets).With("lengths", lengths);
        var evaluation = trainer.Evaluate(data);
        var rows = arange(6).unsqueeze(0).lt(lengths.unsqueeze(1)).reshape(-1).nonzero().reshape(-1);
        var errors = (trainer.Model.forward(tokens, lengths) - targets).reshape(-1, 2).index_select(0, rows);
        Assert.Equal(errors.square().mean().ToDouble(), evaluation.MeanSquaredError, 1e-5);
    }

    [Fact]
    public void What_stands_at_each_end_is_learnt_from_ragged_data()
    {
        var random = new Random(5);
        long[][] sequences = [.. Enumerable.Range(0, 300).Select(_ =>
            Enumerable.Range(0, random.Next(1, 11)).Select(_ => (long)random.Next(9)).ToArray())];
        using var data = new SequenceData(sequences, [.. sequences.Select(row => row[^1] > 4 ? 1L : 0)], 10) { Padding = 8 };
        using var trainer = new EndingsTrainer(new Endings(new Generator(1)));
        trainer.Fit(data);
        Assert.InRange(trainer.Evaluate(data).Accuracy, 0.99, 1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public void A_length_that_no_sequence_has_is_refused(long length)
    {
        using var trainer = new TaggerExplicit(new Tagger(new Generator(1)));
        using var tokens = zeros([3, 6], ScalarType.Int64);
        using var lengths = tensor(new long[] { 2, length, 6 });
        using var before = trainer.Model.Arena.Values.clone();
        string expected = $"Tagger was given the length {length} at place 1 of 'lengths': a sequence has 1 to 6 places";
        Assert.StartsWith(expected,
            Assert.Throws<DataMismatchException>(() => trainer.Model.forward(tokens, lengths)).Message, StringComparison.Ordinal);
        Assert.StartsWith(expected,
            Assert.Throws<DataMismatchException>(() => trainer.Step(new(tokens, lengths, tokens))).Message,
            StringComparison.Ordinal);
        Close.To(before, trainer.Model.Arena.Values, "parameters after a refused batch", 0);
    }

    private static TModel Restored<TModel>(Golden golden)
        where TModel : nn.Module, new()
    {
        var model = new TModel();
        golden.Restore(model.state_dict(), "initial.");
        return model;
    }

    private static void Run(Golden golden, object trainer, ParameterArena arena, nn.Module model) =>
        new TrainerRun(golden, trainer, new Dictionary<string, string>()).Check(arena, model.state_dict(), _ => null);

    private static void Check<TModel, TTape>(string name, string prefix = "0.")
        where TModel : nn.Module<Tensor, Tensor, Tensor>, IEndedModel<TTape>, new()
        where TTape : class, IDisposable, new()
    {
        using var scope = NewDisposeScope();
        var golden = Golden.Load("ends/" + name);
        var model = new TModel();
        string Known(string parameter) => "0." + parameter[prefix.Length..];
        using (no_grad())
            foreach (var (parameter, target) in model.state_dict()) target.copy_(golden[Known(parameter)]);
        Tensor lengths = golden["lengths"], input = golden["input"];
        var behind = arange(6).unsqueeze(0).ge(lengths.unsqueeze(1)).unsqueeze(2);
        using var tape = new TTape();
        golden.Matches("output", Own(model.Forward(input, lengths, tape)));
        golden.Matches("input_gradient", model.Backward(tape, golden["output_gradient"], inputGradient: true)!);
        foreach (var (parameter, value) in model.named_parameters())
            golden.Matches(Known(parameter) + ".gradient", ArenaGradient.Of(model.Arena, value));
        var watched = input.clone().requires_grad_();
        var output = model.forward(watched, lengths);
        golden.Matches("output", Own(output));
        output.backward([golden["output_gradient"]]);
        golden.Matches("input_gradient", watched.grad!);
        foreach (var (parameter, value) in model.named_parameters()) golden.Matches(Known(parameter) + ".gradient", value.grad!);

        Tensor Own(Tensor states) => states.dim() == 3 ? states.masked_fill(behind, 0) : states;
    }
}
