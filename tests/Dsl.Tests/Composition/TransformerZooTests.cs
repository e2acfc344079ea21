using TorchSharp;
using Xunit;
using Zoo;
using static TorchSharp.torch;

namespace Dsl.Tests.Composition;

/// <summary>Transformers have as many parameters as torch.nn's layers of the same sizes, and run.</summary>
public class TransformerZooTests
{
    [Fact]
    public void Character_model()
    {
        using var model = new CharacterGpt();
        Check(818_241, CharacterGpt.ParameterCount, model);
        Assert.Equal([2L, 64L, 65L], model.forward(Tokens(65, 64)).shape);
    }

    [Fact]
    public void Vision_transformer()
    {
        using var model = new VisionTransformer();
        Check(5_362_762, VisionTransformer.ParameterCount, model);
        Assert.Equal([2L, 10L], model.forward(randn(2, 3, 32, 32)).shape);
    }

    [Fact]
    public void Bert()
    {
        using var model = new BertTiny();
        Check(4_385_920, BertTiny.ParameterCount, model);
        using var lengths = tensor(new long[] { 128, 17 });
        Assert.Equal([2L, 128L], model.forward(Tokens(30522, 128), Tokens(2, 128), lengths).shape);
        Assert.Equal(109_482_240, BertBase.ParameterCount);
    }

    [Fact]
    public void Translation()
    {
        // torch.nn.Transformer(512, 8, 6, 6, 2048), two embeddings and the output.
        using var model = new Translator();
        Check(44_140_544 + (2 * 8000 * 512) + (512 * 8000) + 8000, Translator.ParameterCount, model);
        Assert.Equal([2L, 24L, 8000L], model.forward(Tokens(8000, 32), Tokens(8000, 24)).shape);
    }

    private static Tensor Tokens(long vocabulary, long length) =>
        randint(0, vocabulary, new long[] { 2, length }, ScalarType.Int64);

    private static void Check(long expected, long counted, nn.Module model)
    {
        Assert.Equal(expected, counted);
        Assert.Equal(expected, model.parameters().Sum(parameter => parameter.numel()));
        model.eval();
    }
}
