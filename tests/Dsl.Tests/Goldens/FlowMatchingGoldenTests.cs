using System.Reflection;
using Dsl.Runtime;
using Dsl.Tests.Flows;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>Flow matching: three steps and whole ways from noise to samples, as in PyTorch, in both targets.</summary>
public sealed class FlowMatchingGoldenTests
{
    private const int Steps = 6;

    public static TheoryData<string, string, Func<nn.Module, IDisposable>> Cases => new()
    {
        { "mlp", "heun", model => new FlowMlp((Mlp)model) },
        { "mlp", "euler", model => new FlowMlpAutograd((Mlp)model) },
        { "cnn", "heun", model => new FlowCnn((Cnn)model) },
        { "cnn", "heun", model => new FlowCnnAutograd((Cnn)model) },
        { "labels", "euler", model => new FlowByLabel((Labelled)model) },
        { "labels", "euler", model => new FlowByLabelAutograd((Labelled)model) },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Three_steps_and_samples(string name, string way, Func<nn.Module, IDisposable> create)
    {
        using var scope = NewDisposeScope();
        var golden = Golden.Load("flow_matching/" + name);
        nn.Module model = name == "mlp" ? new Mlp() : name == "cnn" ? new Cnn() : new Labelled();
        using var trainer = create(model);
        var arena = (ParameterArena)((dynamic)model).Arena;
        golden.Restore(model.state_dict(), "initial.");
        for (int step = 0; step < 3; step++)
        {
            string at = $"step{step}.";
            dynamic losses = ((dynamic)trainer).ComputeGradients(
                (dynamic)Make(trainer, "Batch", golden, at + "batch."), (dynamic)Make(trainer, "Draws", golden, at + "draw."));
            golden.Matches(at + "loss.flow", (Tensor)losses.Flow);
            foreach (var (parameter, value) in model.named_parameters())
                golden.Matches($"{at}gradient.{parameter}", ArenaGradient.Of(arena, value));
            ((dynamic)trainer).ApplyGradients();
            foreach (var (state, value) in model.state_dict()) golden.Matches($"{at}after.{state}", value);
        }

        var trained = (dynamic)trainer;
        Tensor noise = golden["noise"];
        if (name == "labels")
        {
            Last(golden, way, (Tensor)trained.Sample(noise, golden["labels"], Steps));
            Last(golden, "guided", (Tensor)trained.Sample(noise, golden["labels"], Steps, 2.5));
            Assert.Equal([4, 10], ((Tensor)trained.Sample(golden["labels"], Steps)).shape);
        }
        else
        {
            Last(golden, way, (Tensor)trained.Sample(noise, Steps));
            Assert.Equal([5, .. noise.shape[2..]], ((Tensor)trained.Sample(5, Steps)).shape);
        }

        Assert.True(model.training);
    }

    /// <summary>A time of real numbers has a gradient, as every input of real numbers.</summary>
    [Fact]
    public void The_gradient_by_the_time()
    {
        using var scope = NewDisposeScope();
        var golden = Golden.Load("flow_matching/mlp");
        using var model = new Mlp();
        using var tape = new Mlp.Tape();
        golden.Restore(model.state_dict(), "step2.after.");
        model.Forward(golden["point"].alias(), golden["time"].alias(), tape);
        var gradients = model.Backward(tape, golden["output_gradient"].alias(), inputGradients: true)!.Value;
        golden.Matches("time_gradient", gradients.Time);

        var time = golden["time"].clone().requires_grad_();
        (model.forward(golden["point"], time) * golden["output_gradient"]).sum().backward();
        golden.Matches("time_gradient", time.grad!);
    }

    [Fact]
    public void A_flow_has_a_step_at_least()
    {
        using var trainer = new FlowMlp(new Mlp());
        Assert.Throws<ArgumentOutOfRangeException>(() => trainer.Sample(2, steps: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => trainer.Sample(0));
        Assert.Throws<DataMismatchException>(() => trainer.Sample(zeros(3, 10)));
    }

    private static void Last(Golden golden, string way, Tensor actual) =>
        Close.To(golden["sampled." + way].select(0, -1), actual, $"{golden.Name}: {way}");

    private static object Make(object trainer, string type, Golden golden, string prefix)
    {
        var constructor = trainer.GetType().GetNestedType(type)!
            .GetConstructors(BindingFlags.Public | BindingFlags.Instance).Single();
        return constructor.Invoke([.. constructor.GetParameters().Select(parameter =>
            (object)golden[prefix + (parameter.Name == "LeftOut" ? "left_out" : parameter.Name!.ToLowerInvariant())].alias())]);
    }
}
