using System.Reflection;
using Dsl.Tests.Meta;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>Three steps of meta-learning as in PyTorch: losses, gradients through the inner steps, parameters.</summary>
public class MetaGoldenTests
{
    private static readonly Dictionary<string, string> Parts = new()
    {
        ["SupportInput"] = "support_input",
        ["SupportLabel"] = "support_target",
        ["QueryInput"] = "query_input",
        ["QueryLabel"] = "query_target",
    };

    public static TheoryData<string, Func<Sine, IDisposable>> Cases => new()
    {
        { "maml", model => new MamlOneStep(model) },
        { "maml", model => new MamlOneStepAutograd(model) },
        { "maml_two_steps", model => new MamlTwoSteps(model) },
        { "maml_first_order", model => new MamlFirstOrder(model) },
        { "anil", model => new Anil(model) },
        { "reptile", model => new ReptileThreeSteps(model) },
        { "reptile", model => new ReptileThreeStepsAutograd(model) },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Three_steps(string name, Func<Sine, IDisposable> create)
    {
        var golden = Golden.Load("meta/" + name);
        var model = new Sine();
        golden.Restore(model.state_dict(), "initial.");
        using var trainer = create(model);
        for (int step = 0; step < 3; step++)
        {
            string at = $"step{step}.";
            object losses = Call("ComputeGradients", Make("Batch", at + "batch."), Make("Draws", ""))!;
            golden.Matches(at + "loss.total", (Tensor)Get("Total"));
            golden.Matches(at + "loss.query", (Tensor)Get("MeanSquaredError"));
            foreach (var (parameter, tensor) in model.state_dict())
                golden.Matches($"{at}gradient.{parameter}", ArenaGradient.Of(model.Arena, tensor));
            Call("ApplyGradients");
            foreach (var (parameter, tensor) in model.state_dict()) golden.Matches($"{at}after.{parameter}", tensor);

            object Get(string member) => losses.GetType().GetProperty(member)!.GetValue(losses)!;
        }

        object Make(string type, string prefix)
        {
            var constructor = trainer.GetType().GetNestedType(type)!.GetConstructors().Single();
            return constructor.Invoke(
                [.. constructor.GetParameters().Select(parameter => (object)golden[prefix + Parts[parameter.Name!]])]);
        }

        object? Call(string method, params object[] arguments)
        {
            try
            {
                return trainer.GetType().GetMethod(method)!.Invoke(trainer, arguments);
            }
            catch (TargetInvocationException error) when (error.InnerException is { } inner)
            {
                System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(inner);
                throw;
            }
        }
    }

    [Fact]
    public void Only_the_layers_that_adapt_are_others_in_the_copy()
    {
        using var scope = NewDisposeScope();
        var golden = Golden.Load("meta/anil");
        var model = new Sine();
        golden.Restore(model.state_dict(), "initial.");
        using var trainer = new Anil(model);
        var losses = new List<Tensor>();
        for (int task = 0; task < 4; task++)
        {
            using var adapted = trainer.Adapt(Of("support_input"), Of("support_target"));
            losses.Add(nn.functional.mse_loss(adapted.forward(Of("query_input")), Of("query_target")));
            foreach (var (name, value) in model.state_dict())
                Assert.Equal(!name.StartsWith("4.", StringComparison.Ordinal), value.Equals(adapted.state_dict()[name]));

            Tensor Of(string part) => golden["step0.batch." + part].select(0, task);
        }

        golden.Matches("step0.value.query_losses", stack(losses));
    }

    /// <summary>The copy after one inner step is what the golden's query losses are computed with.</summary>
    [Fact]
    public void An_adapted_network_has_the_losses_of_the_golden()
    {
        using var scope = NewDisposeScope();
        var golden = Golden.Load("meta/maml");
        var model = new Sine();
        golden.Restore(model.state_dict(), "initial.");
        using var trainer = new MamlOneStep(model);
        for (int task = 0; task < 4; task++)
        {
            using var adapted = trainer.Adapt(Of("support_input"), Of("support_target"));
            var loss = nn.functional.mse_loss(adapted.forward(Of("query_input")), Of("query_target"));
            Close.To(golden["step0.value.query_losses"].select(0, task), loss, $"task {task}");
            using var copy = trainer.Adapt(Of("support_input"), Of("support_target"), steps: 0);
            Close.To(model.Arena.Values, copy.Arena.Values, "without a step", 0);

            Tensor Of(string part) => golden["step0.batch." + part].select(0, task);
        }
    }
}
