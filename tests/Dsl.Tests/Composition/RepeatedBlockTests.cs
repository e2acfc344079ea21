using Dsl.Runtime;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests.Composition;

/// <summary>A block that is used several times is emitted once; every number stays what the layers written out give, bit for
/// bit.</summary>
public class RepeatedBlockTests
{
    [Fact]
    public void Blocks_of_different_sizes() =>
        Same<Widened, Widened.Tape, WidenedWrittenOut, WidenedWrittenOut.Tape>([2, 3, 6, 6], "Block1", "Block2", "Block3");

    [Fact]
    public void Attention_with_a_mask_of_the_model() =>
        Same<Transformed, Transformed.Tape, TransformedWrittenOut,
        TransformedWrittenOut.Tape>([2, 5, 8], "Block1", "Block2", "Block3");

    [Fact]
    public void Skip_connections() => Same<Bent, Bent.Tape, BentWrittenOut,
    BentWrittenOut.Tape>([2, 2, 8, 8], "Block1", "Block4", "Block7", "Block10", "Block13");

    private static void Same<TBlocks, TBlocksTape, TLayers, TLayersTape>(long[] shape, params string[] properties)
        where TBlocks : nn.Module<Tensor, Tensor>, IExplicitModel<TBlocksTape>
        where TBlocksTape : class, IDisposable, new()
        where TLayers : nn.Module<Tensor, Tensor>, IExplicitModel<TLayersTape>
        where TLayersTape : class, IDisposable, new()
    {
        foreach (string property in properties) Assert.NotNull(typeof(TBlocks).GetProperty(property));
        using var scope = NewDisposeScope();
        var blocks = New<TBlocks>();
        var layers = New<TLayers>();
        Check(blocks, layers, randn(shape, generator: new Generator(3)));

        // Every view is made anew when the arena moves.
        blocks.to(ScalarType.Float64);
        layers.to(ScalarType.Float64);
        Check(blocks, layers, randn(shape, ScalarType.Float64, generator: new Generator(4)));

        static void Check(TBlocks blocks, TLayers layers, Tensor input)
        {
            Equal(layers.Arena.Values, blocks.Arena.Values);
            using var blocksTape = new TBlocksTape();
            using var layersTape = new TLayersTape();
            Draw(blocks);
            Draw(layers);
            var output = layers.Forward(input, layersTape);
            Equal(output, blocks.Forward(input, blocksTape));
            var gradient = output.sin();
            layers.Arena.Gradients.zero_();
            blocks.Arena.Gradients.zero_();
            Equal(layers.Backward(layersTape, gradient, inputGradient: true)!,
                blocks.Backward(blocksTape, gradient, inputGradient: true)!);
            Equal(layers.Arena.Gradients, blocks.Arena.Gradients);
            Assert.True(layers.Arena.Gradients.abs().sum().ToDouble() > 0);

            // Autograd, through the views that bind its gradients.
            Draw(blocks);
            Draw(layers);
            foreach (var (model, arena, bind) in new (nn.Module<Tensor, Tensor>, ParameterArena, Action)[]
                { (layers, layers.Arena, () => Bind(layers)), (blocks, blocks.Arena, () => Bind(blocks)) })
            {
                arena.Gradients.zero_();
                bind();
                model.train();
                (model.forward(input) * gradient).sum().backward();
            }

            Equal(layers.Arena.Gradients, blocks.Arena.Gradients);
            blocks.eval();
            layers.eval();
            using var noGrad = no_grad();
            Equal(layers.forward(input), blocks.forward(input));
            foreach (var (one, other) in layers.buffers().Zip(blocks.buffers())) Equal(one, other);
        }
    }

    private static TModel New<TModel>() => (TModel)Activator.CreateInstance(typeof(TModel), new Generator(1))!;

    private static void Bind(nn.Module model) => model.GetType().GetMethod("BindGradients")!.Invoke(model, null);

    private static void Draw(nn.Module model) => model.GetType().GetProperty("DropoutStream")?.SetValue(model, new Generator(2));

    private static void Equal(Tensor expected, Tensor actual)
    {
        Assert.Equal(expected.shape, actual.shape);
        Assert.True(expected.equal(actual).all().ToBoolean(), $"{(expected - actual).abs().max().ToDouble()} apart");
    }
}
