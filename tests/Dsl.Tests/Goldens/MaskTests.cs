using Dsl.Runtime;
using Dsl.Tests.Masks;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>Dropout of whole channels and samples: what is dropped, how the rest is scaled, in both modes and both
/// targets.</summary>
public class MaskTests
{
    [Fact]
    public void Dropout2d_drops_whole_channels() =>
        CheckParts<ChannelDropout,
        ChannelDropout.Tape>(model => model.DropoutStream = new Generator(3), ones(40, 50, 3, 3), [2, 3], 0.3);

    [Fact]
    public void DropPath_drops_whole_samples() =>
        CheckParts<SampleDropout,
        SampleDropout.Tape>(model => model.DropoutStream = new Generator(3), ones(2000, 2, 3, 3), [1, 2, 3], 0.3);

    [Fact]
    public void Explicit_equals_autograd_on_the_same_masks()
    {
        using var generator = new Generator(5);
        using var model = new EveryMask(generator).to(ScalarType.Float64);
        var input = randn([30, 3, 3, 3], ScalarType.Float64, generator: generator);
        BothTargets.Agree(model, new EveryMask.Tape(), input, () => model.DropoutStream = new Generator(11));
    }

    [Fact]
    public void Trainer_gives_the_stream()
    {
        manual_seed(1);
        using var trainer = new MaskTrainer(new EveryMask());
        using var again = new MaskTrainer(new EveryMask());
        using (no_grad()) again.Model.Arena.Values.copy_(trainer.Model.Arena.Values);
        var batch = new MaskTrainer.Batch(randn(8, 3, 3, 3), zeros([8], ScalarType.Int64));
        trainer.Step(batch);
        manual_seed(2);
        again.Step(new MaskTrainer.Batch(batch.Input, batch.Label));
        Close.To(trainer.Model.Arena.Values, again.Model.Arena.Values, "parameters after a step", 0);
    }

    private static void CheckParts<TModel, TTape>(Action<TModel> restart, Tensor input, long[] inner, double probability)
        where TModel : nn.Module<Tensor, Tensor>, IExplicitModel<TTape>, new()
        where TTape : class, IDisposable, new()
    {
        using var model = new TModel();
        using var tape = new TTape();
        restart(model);
        var output = model.Forward(input, tape);
        var kept = output.ne(0).to(ScalarType.Float32).mean(inner, keepdim: true);
        Close.To(kept * (1 - kept), zeros_like(kept), "a part is dropped as a whole or not at all", 0);
        Assert.InRange(kept.mean().ToDouble(), 1 - probability - 0.04, 1 - probability + 0.04);
        Close.To(input * kept / (1 - probability), output, "what is kept is scaled");

        // The gradient passes through the same mask.
        Close.To(output, model.Backward(tape, input, inputGradient: true)!, "gradient");

        restart(model);
        Close.To(output, model.forward(input), "the autograd target", 0);
        model.eval();
        Close.To(input, model.forward(input), "evaluation", 0);
    }
}
