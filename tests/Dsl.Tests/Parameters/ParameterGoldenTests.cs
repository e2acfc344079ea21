using Dsl.Runtime;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests.Parameters;

/// <summary>Shared weights, frozen parts and the bilinear layer against PyTorch, in both modes and both targets.</summary>
public class ParameterGoldenTests
{
    [Fact] public void Bilinear() => Check<Forms, Forms.Tape>("bilinear");

    [Fact] public void Bilinear_of_sequences() => Check<FormsOfSequences, FormsOfSequences.Tape>("bilinear_of_sequences");

    [Fact] public void Linear_layers_with_one_weight() => Check<Tied, Tied.Tape>("tied_linear");

    [Fact] public void Convolution_and_its_transpose_with_one_weight() =>
        Check<TiedAutoencoder, TiedAutoencoder.Tape>("tied_autoencoder");

    [Fact] public void Frozen_backbone() => Check<TunedHead, TunedHead.Tape>("frozen_backbone");

    [Fact] public void Frozen_block_between_what_is_trained() => Check<FrozenMiddle, FrozenMiddle.Tape>("frozen_middle");

    [Fact]
    public void Training_of_what_is_not_frozen()
    {
        var golden = Golden.Load("parameters/frozen_training");
        using var first = new HeadTrainer(Fresh<TunedHead>(golden, "initial."));
        Train(golden, first.Model, step => first.ComputeGradients(
            new(golden[$"step{step}.input"], golden[$"step{step}.label"]), new()).Total, first.ApplyGradients);
        using var second = new HeadTrainerAutograd(Fresh<TunedHead>(golden, "initial."));
        Train(golden, second.Model, step => second.ComputeGradients(
            new(golden[$"step{step}.input"], golden[$"step{step}.label"]), new()).Total, second.ApplyGradients);
    }

    private static void Train(Golden golden, TunedHead model, Func<int, Tensor> compute, Action apply)
    {
        for (int step = 0; step < 3; step++)
        {
            golden.Matches($"step{step}.loss.total", compute(step));
            golden.Matches($"step{step}.gradient_norm", model.Arena.Gradients.norm());
            apply();
            foreach (var (name, value) in model.state_dict()) golden.Matches($"step{step}.after.{name}", value);
        }
    }

    private static void Check<TModel, TTape>(string name)
        where TModel : nn.Module<Tensor, Tensor>, IExplicitModel<TTape>, new()
        where TTape : class, IDisposable, new()
    {
        var golden = Golden.Load($"parameters/{name}");
        CheckExplicit<TModel, TTape>(golden);
        CheckAutograd<TModel>(golden);
    }

    private static void CheckExplicit<TModel, TTape>(Golden golden)
        where TModel : nn.Module<Tensor, Tensor>, IExplicitModel<TTape>, new()
        where TTape : class, IDisposable, new()
    {
        using var model = Fresh<TModel>(golden);
        using var tape = new TTape();
        var forInput = typeof(TTape).GetProperty("ForInputGradient");
        forInput?.SetValue(tape, true);
        golden.Matches("train.output", model.Forward(golden["input"].clone(), tape));
        golden.Matches("train.input_gradient", model.Backward(tape, golden["output_gradient"].clone(), inputGradient: true)!);
        foreach (var (buffer, value) in model.named_buffers()) golden.Matches($"train.{buffer}", value);
        foreach (var (parameter, value) in Trained(golden, model))
            golden.Matches($"train.{parameter}.gradient", ArenaGradient.Of(model.Arena, value));

        // Without the input's gradient the parameters' are the same.
        using var once = model.Arena.Gradients.clone();
        model.Arena.Gradients.zero_();
        forInput?.SetValue(tape, false);
        model.Forward(golden["input"].clone(), tape);
        Assert.Null(model.Backward(tape, golden["output_gradient"].clone()));
        Close.To(once, model.Arena.Gradients, $"{golden.Name}: gradients alone");
    }

    private static void CheckAutograd<TModel>(Golden golden)
        where TModel : nn.Module<Tensor, Tensor>, new()
    {
        using var model = Fresh<TModel>(golden);
        var input = golden["input"].clone().requires_grad_();
        var output = model.forward(input);
        golden.Matches("train.output", output);
        output.backward([golden["output_gradient"]]);
        golden.Matches("train.input_gradient", input.grad!);
        foreach (var (buffer, value) in model.named_buffers()) golden.Matches($"train.{buffer}", value);
        foreach (var (parameter, value) in Trained(golden, model)) golden.Matches($"train.{parameter}.gradient", value.grad!);
        model.eval();
        golden.Matches("eval.output", model.forward(golden["input"]));
    }

    /// <summary>The parameters that get a gradient: exactly those for which the golden has one.</summary>
    private static (string Name, Tensor Value)[] Trained(Golden golden, nn.Module model)
    {
        (string, Tensor)[] trained = [.. model.named_parameters().Where(parameter => parameter.parameter.requires_grad)];
        Assert.Equal(
            golden.Names.Where(name => name.StartsWith("train.", StringComparison.Ordinal)
                && name.EndsWith(".gradient", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
            trained.Select(parameter => $"train.{parameter.Item1}.gradient").Order(StringComparer.Ordinal));
        return trained;
    }

    private static TModel Fresh<TModel>(Golden golden, string prefix = "")
        where TModel : nn.Module<Tensor, Tensor>, new()
    {
        var model = new TModel();
        golden.Restore(model.state_dict(), prefix);
        model.train();
        return model;
    }
}
