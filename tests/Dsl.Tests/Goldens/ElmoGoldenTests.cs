using Dsl.Runtime;
using Dsl.Tests.Elmo;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>A language model of both directions and a mixture of its layers, against the formulas in PyTorch.</summary>
public class ElmoGoldenTests
{
    [Fact]
    public void Pretraining_by_backward_operations()
    {
        using var model = new BothDirections();
        using var trainer = new BothDirectionsTrainer(model);
        Check(model, tokens =>
        {
            var losses = trainer.ComputeGradients(new BothDirectionsTrainer.Batch(tokens), new BothDirectionsTrainer.Draws());
            return (losses.Next, losses.Previous, losses.Total);
        }, trainer.ApplyGradients);
    }

    [Fact]
    public void Pretraining_by_autograd()
    {
        using var model = new BothDirections();
        using var trainer = new BothDirectionsTrainerByAutograd(model);
        Check(model, tokens =>
        {
            var losses = trainer.ComputeGradients(
                new BothDirectionsTrainerByAutograd.Batch(tokens), new BothDirectionsTrainerByAutograd.Draws());
            return (losses.Next, losses.Previous, losses.Total);
        }, trainer.ApplyGradients);
    }

    [Fact]
    public void A_mixture_of_layers_by_backward_operations()
    {
        var golden = Golden.Load("elmo/task");
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var model = new OnMixedLayers();
        golden.Restore(model.state_dict());
        using var tape = new OnMixedLayers.Tape();
        model.Arena.Gradients.zero_();
        golden.Matches("output", model.Forward(golden["input"], tape));
        model.Backward(tape, golden["output_gradient"]);
        foreach (var (name, parameter) in model.state_dict())
            golden.Matches($"gradient.{name}", ArenaGradient.Of(model.Arena, parameter));
    }

    [Fact]
    public void A_mixture_of_layers_by_autograd()
    {
        var golden = Golden.Load("elmo/task");
        using var scope = NewDisposeScope();
        using var model = new OnMixedLayers();
        golden.Restore(model.state_dict());
        using var output = model.forward(golden["input"]);
        output.backward([golden["output_gradient"]]);
        golden.Matches("output", output);
        foreach (var (name, parameter) in model.named_parameters()) golden.Matches($"gradient.{name}", parameter.grad!);
    }

    /// <summary>What is learned before helps where there are few labels: classes of tokens by those around them.</summary>
    [Fact]
    public void Pretrained_layers_go_into_the_task_by_their_names()
    {
        using var scope = NewDisposeScope();
        using var before = new BothDirections(new Generator(1));
        using var model = new OnMixedLayers(new Generator(2));
        string file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid()}.safetensors");
        Safetensors.Write(file, before.state_dict());
        var loaded = PretrainedWeights.Load(model, file, strict: false);
        File.Delete(file);
        Assert.Equal(17, loaded.Loaded.Count);
        Assert.Equal(["mix.weight", "mix.scale", "head.weight", "head.bias"], loaded.Missing);
        using var trainer = new OnMixedLayersTrainer(model);
        trainer.Freeze("words", "forward1", "forward2", "backward1", "backward2");
        using var generator = new Generator(3);
        var tokens = randint(0, 3, [256, 7], ScalarType.Int64, generator: generator);
        using var data = new InMemoryData(tokens, tokens.roll(1, 1));
        double untrained = trainer.Evaluate(data).Loss;
        using var frozen = before.state_dict()["words.weight"].clone();
        trainer.Fit(data);
        Assert.True(frozen.Equals(model.state_dict()["words.weight"]));
        Assert.True(trainer.Evaluate(data).Loss < untrained);
        Assert.NotEqual(0, model.state_dict()["mix.weight"].abs().sum().ToDouble());
    }

    private static void Check(
        BothDirections model, Func<Tensor, (Tensor Next, Tensor Previous, Tensor Total)> compute, Action apply)
    {
        var golden = Golden.Load("elmo/pretraining");
        var own = model.state_dict().Where(pair => pair.Key != "previous.weight").ToList();
        using (no_grad())
        {
            foreach (var (name, parameter) in own) parameter.copy_(golden[name]);
        }

        for (int step = 0; step < 3; step++)
        {
            string at = $"step{step}.";
            var losses = compute(golden[at + "input"].clone());
            golden.Matches(at + "loss.next", losses.Next);
            golden.Matches(at + "loss.previous", losses.Previous);
            golden.Matches(at + "loss.total", losses.Total);
            foreach (var (name, parameter) in own)
                golden.Matches($"{at}gradient.{name}", ArenaGradient.Of(model.Arena, parameter));
            apply();
            foreach (var (name, parameter) in own) golden.Matches($"{at}after.{name}", parameter);
        }
    }
}
