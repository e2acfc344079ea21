using Dsl.Runtime;
using Dsl.Tests.Ends;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>A batch of padded sequences gives what each sequence gives alone, forward and backward, in both targets, whatever
/// stands in the padding.</summary>
public class SequenceEndsTests
{
    private const int Places = 6, Short = 3;

    [Fact] public void Attending() =>
        Check<Attending, Attending.Tape, AttendingSix, AttendingSix.Tape, AttendingThree, AttendingThree.Tape>();

    [Fact] public void Causal() =>
        Check<CausalEnds, CausalEnds.Tape, CausalSix, CausalSix.Tape, CausalThree, CausalThree.Tape>();

    [Fact] public void Encoding() =>
        Check<Encoding, Encoding.Tape, EncodingSix, EncodingSix.Tape, EncodingThree, EncodingThree.Tape>();

    [Fact] public void Decoding() =>
        Check<Decoding, Decoding.Tape, DecodingSix, DecodingSix.Tape, DecodingThree, DecodingThree.Tape>();

    [Fact] public void Simple() =>
        Check<SimpleEnds, SimpleEnds.Tape, SimpleSix, SimpleSix.Tape, SimpleThree, SimpleThree.Tape>();

    [Fact] public void Memory() =>
        Check<MemoryEnds, MemoryEnds.Tape, MemorySix, MemorySix.Tape, MemoryThree, MemoryThree.Tape>();

    [Fact] public void Memory_last() =>
        Check<MemoryLastEnds, MemoryLastEnds.Tape, MemoryLastSix, MemoryLastSix.Tape, MemoryLastThree, MemoryLastThree.Tape>();

    [Fact] public void Gated_last() =>
        Check<GatedLastEnds, GatedLastEnds.Tape, GatedLastSix, GatedLastSix.Tape, GatedLastThree, GatedLastThree.Tape>();

    [Fact] public void Gated() =>
        Check<GatedEnds, GatedEnds.Tape, GatedSix, GatedSix.Tape, GatedThree, GatedThree.Tape>();

    [Fact] public void Last() =>
        Check<LastEnds, LastEnds.Tape, LastSix, LastSix.Tape, LastThree, LastThree.Tape>();

    [Fact] public void Class_token() =>
        Check<ClassTokenEnds, ClassTokenEnds.Tape, ClassTokenSix, ClassTokenSix.Tape, ClassTokenThree, ClassTokenThree.Tape>();

    [Fact] public void Convolving() =>
        Check<Convolving, Convolving.Tape, ConvolvingSix, ConvolvingSix.Tape, ConvolvingThree, ConvolvingThree.Tape>();

    [Fact] public void Mean() =>
        Check<MeanEnds, MeanEnds.Tape, MeanSix, MeanSix.Tape, MeanThree, MeanThree.Tape>();

    [Fact] public void Apart() =>
        Check<Apart, Apart.Tape, ApartSix, ApartSix.Tape, ApartThree, ApartThree.Tape>();

    /// <summary>Sequences of three and of six places in one batch against the same stack declared for three and for six; then
    /// batches of every length with another padding, and of one sequence.</summary>
    private static void Check<TEnded, TEndedTape, TSix, TSixTape, TThree, TThreeTape>()
        where TEnded : nn.Module<Tensor, Tensor, Tensor>, IEndedModel<TEndedTape>, new()
        where TEndedTape : class, IDisposable, new()
        where TSix : nn.Module<Tensor, Tensor>, IExplicitModel<TSixTape>, new()
        where TSixTape : class, IDisposable, new()
        where TThree : nn.Module<Tensor, Tensor>, IExplicitModel<TThreeTape>, new()
        where TThreeTape : class, IDisposable, new()
    {
        using var scope = NewDisposeScope();
        var generator = new Generator(11);
        var ended = new TEnded();
        ended.to(ScalarType.Float64);
        foreach (var (_, parameter) in ended.named_parameters()) Spread(parameter, generator);
        var (six, three) = (Twin<TSix>(ended), Twin<TThree>(ended));
        var input = randn([4, Places, 4], ScalarType.Float64, generator: generator);
        var lengths = tensor(new long[] { Short, Places, Short, Places });
        Tensor shortOnes = tensor(new long[] { 0, 2 }), longOnes = tensor(new long[] { 1, 3 });

        // Forward, in both targets.
        using var tape = new TEndedTape();
        var output = ended.Forward(Garbage(input, lengths, 100), lengths, tape);
        Close.To(
            Own(ended.forward(Garbage(input, lengths, -7), lengths), lengths), Own(output, lengths), "both targets", 1e-10);
        var ofThree = three.forward(input.index_select(0, shortOnes).narrow(1, 0, Short));
        var ofSix = six.forward(input.index_select(0, longOnes));
        Close.To(ofThree, Part(output, shortOnes), "three places", 1e-10);
        Close.To(ofSix, output.index_select(0, longOnes), "six places", 1e-10);

        // Backward, by hand.
        var outputGradient = Own(randn(output.shape, ScalarType.Float64, generator: generator), lengths);
        var inputGradient = ended.Backward(tape, outputGradient, inputGradient: true)!;
        var (dThree, parametersOfThree) = Gradients<TThree, TThreeTape>(
            three, input.index_select(0, shortOnes).narrow(1, 0, Short), Part(outputGradient, shortOnes));
        var (dSix, parametersOfSix) = Gradients<TSix, TSixTape>(
            six, input.index_select(0, longOnes), outputGradient.index_select(0, longOnes));
        Close.To(dThree, inputGradient.index_select(0, shortOnes).narrow(1, 0, Short), "input gradient of three", 1e-10);
        Close.To(dSix, inputGradient.index_select(0, longOnes), "input gradient of six", 1e-10);
        Assert.Equal(0, inputGradient.index_select(0, shortOnes).narrow(1, Short, Short).abs().max().ToDouble());
        foreach (var (name, parameter) in ended.named_parameters())
            Close.To(parametersOfThree[name] + parametersOfSix[name], ArenaGradient.Of(ended.Arena, parameter), name, 1e-10);

        // Backward, by autograd.
        var watched = Garbage(input, lengths, 3).requires_grad_();
        ended.forward(watched, lengths).backward([outputGradient]);
        Close.To(inputGradient, watched.grad!, "input gradient of autograd", 1e-10);
        foreach (var (name, parameter) in ended.named_parameters())
            Close.To(parametersOfThree[name] + parametersOfSix[name], parameter.grad!, name + " of autograd", 1e-10);

        // Short sequences alone: a recurrence stops where the longest of them ends.
        ended.Arena.Gradients.zero_();
        var ends = lengths.index_select(0, shortOnes);
        ended.Forward(Garbage(input, lengths, 5).index_select(0, shortOnes), ends, tape);
        var shortGradient = ended.Backward(tape, outputGradient.index_select(0, shortOnes), inputGradient: true)!;
        Close.To(dThree, shortGradient.narrow(1, 0, Short), "input gradient of short ones", 1e-10);
        foreach (var (name, parameter) in ended.named_parameters())
        {
            Close.To(parametersOfThree[name], ArenaGradient.Of(ended.Arena, parameter), name + " of short ones", 1e-10);
            parameter.grad = null;
        }

        var followed = Garbage(input, lengths, 3).index_select(0, shortOnes).requires_grad_();
        ended.forward(followed, ends).backward([outputGradient.index_select(0, shortOnes)]);
        Close.To(shortGradient, followed.grad!, "input gradient of short ones by autograd", 1e-10);
        foreach (var (name, parameter) in ended.named_parameters())
            Close.To(parametersOfThree[name], parameter.grad!, name + " of short ones by autograd", 1e-10);

        // Every length: neither padding nor company changes anything.
        var others = tensor(new long[] { 1, 2, 4, 5 });
        using var noGrad = no_grad();
        var whole = Own(ended.forward(Garbage(input, others, 1e6), others), others);
        Close.To(whole, Own(ended.forward(Garbage(input, others, -1), others), others), "other padding", 0);
        for (long i = 0; i < 4; i++)
        {
            var alone = ended.forward(input.narrow(0, i, 1), others.narrow(0, i, 1));
            Close.To(whole.narrow(0, i, 1), Own(alone, others.narrow(0, i, 1)), $"sequence {i} alone", 1e-10);
        }
    }

    private static TTwin Twin<TTwin>(nn.Module model)
        where TTwin : nn.Module, new()
    {
        var twin = new TTwin();
        twin.to(ScalarType.Float64);
        twin.load_state_dict(model.state_dict());
        return twin;
    }

    private static (Tensor Input, Dictionary<string, Tensor> Parameters) Gradients<TModel, TTape>(
        TModel model, Tensor input, Tensor outputGradient)
        where TModel : nn.Module<Tensor, Tensor>, IExplicitModel<TTape>
        where TTape : class, IDisposable, new()
    {
        using var tape = new TTape();
        model.Forward(input, tape);
        var inputGradient = model.Backward(tape, outputGradient, inputGradient: true)!;
        return (inputGradient, model.named_parameters().ToDictionary(
            named => named.name, named => ArenaGradient.Of(model.Arena, named.parameter)));
    }

    // Far from 0, so that a mask that is missing shows.
    private static void Spread(Tensor parameter, Generator generator)
    {
        using var noGrad = no_grad();
        using var noise = randn(parameter.shape, parameter.dtype, generator: generator);
        parameter.add_(noise.mul_(0.5));
    }

    private static Tensor Behind(Tensor lengths) => arange(Places).unsqueeze(0).ge(lengths.unsqueeze(1));

    private static Tensor Garbage(Tensor input, Tensor lengths, double number) =>
        input.masked_fill(Behind(lengths).unsqueeze(2), number);

    private static Tensor Own(Tensor output, Tensor lengths) =>
        output.dim() == 3 ? output.masked_fill(Behind(lengths).unsqueeze(2), 0) : output;

    private static Tensor Part(Tensor output, Tensor rows) =>
        output.dim() == 3 ? output.index_select(0, rows).narrow(1, 0, Short) : output.index_select(0, rows);
}
