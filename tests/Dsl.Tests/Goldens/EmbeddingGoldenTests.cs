using Dsl.Runtime;
using Dsl.Tests.Attention;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>Embeddings against torch.nn.Embedding in both targets; their input, integers, has no gradient.</summary>
public class EmbeddingGoldenTests
{
    [Fact]
    public void Embedding()
    {
        using var model = new Tokens();
        using var tape = new Tokens.Tape();
        Check("embedding", model, model.Arena, tokens => model.Forward(tokens, tape), gradient => model.Backward(tape, gradient));
    }

    [Fact]
    public void Embedding_with_padding()
    {
        using var model = new PaddedTokens();
        using var tape = new PaddedTokens.Tape();
        Check("embedding_padding", model, model.Arena, tokens => model.Forward(tokens, tape),
            gradient => model.Backward(tape, gradient));
    }

    [Fact]
    public void Embedding_scaled()
    {
        using var model = new ScaledTokens();
        using var tape = new ScaledTokens.Tape();
        Check("embedding_scaled", model, model.Arena, tokens => model.Forward(tokens, tape),
            gradient => model.Backward(tape, gradient));
    }

    [Fact]
    public void The_padding_index_starts_at_zero()
    {
        using var generator = new Generator(5);
        using var model = new PaddedTokens(generator);
        var weight = model.state_dict()["0.weight"];
        Assert.Equal(0, weight.select(0, 2).abs().max().ToDouble());
        Assert.InRange(weight.square().sum().ToDouble() / 36, 0.4, 1.8);
    }

    [Fact]
    public void An_index_outside_of_the_vocabulary_is_an_error()
    {
        using var model = new Tokens();
        using var tape = new Tokens.Tape();
        using var tokens = tensor(new long[] { 0, 1, 2, 7 }, [1, 4]);
        Assert.ThrowsAny<Exception>(() => model.Forward(tokens, tape));
        Assert.ThrowsAny<Exception>(() => model.forward(tokens));
    }

    private static void Check(string name, nn.Module<Tensor, Tensor> model, ParameterArena arena, Func<Tensor, Tensor> forward,
        Action<Tensor> backward)
    {
        var golden = Golden.Load("attention/" + name);
        golden.Restore(model.state_dict());
        golden.Matches("output", forward(golden["tokens"]));
        backward(golden["output_gradient"]);
        var weight = Assert.Single(model.parameters());
        golden.Matches("0.weight.gradient", ArenaGradient.Of(arena, weight));

        var output = model.forward(golden["tokens"]);
        golden.Matches("output", output);
        output.backward([golden["output_gradient"]]);
        golden.Matches("0.weight.gradient", weight.grad!);
    }
}
