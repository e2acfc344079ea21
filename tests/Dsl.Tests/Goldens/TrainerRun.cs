using System.Reflection;
using Dsl.Runtime;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>A trainer that is given the batches and draws of a golden, step by step, and compared with it.</summary>
/// <param name="draws">The golden's name of each member of <c>Draws</c>.</param>
internal sealed class TrainerRun(Golden golden, object trainer, IReadOnlyDictionary<string, string> draws)
{
    private static readonly Dictionary<string, string> Batch = new()
    {
        ["Input"] = "input",
        ["Label"] = "label",
        ["Lengths"] = "lengths",
        ["Sentences"] = "sentences",
        ["Unlabeled"] = "unlabeled",
        ["UnlabeledIndex"] = "index",
    };

    /// <summary>Three steps: losses, gradients, parameters and buffers, and what else is kept.</summary>
    /// <param name="state">The trained network's.</param>
    /// <param name="teacher">The averaged network's after a step, where the golden has it; null for none.</param>
    public void Check(ParameterArena arena, Dictionary<string, Tensor> state, Func<int, Dictionary<string, Tensor>?> teacher)
    {
        if (trainer.GetType().GetMethod("UseUnlabeledSamples") is { } use) use.Invoke(trainer, [(long)golden.Number("samples")]);
        for (int step = 0; step < 3; step++)
        {
            string at = $"step{step}.";
            object losses = Call("ComputeGradients", Make("Batch", at + "batch.", Batch), Make("Draws", at + "draw.", draws))!;
            foreach (var loss in losses.GetType().GetProperties().Where(property => property.PropertyType == typeof(Tensor)))
            {
                string name = loss.Name is "Total" ? "total" : loss.Name is "CrossEntropy" ? "cross_entropy"
                    : golden.Names.Contains($"{at}loss.{loss.Name.ToLowerInvariant()}") ? loss.Name.ToLowerInvariant()
                    : "unlabeled";
                golden.Matches($"{at}loss.{name}", (Tensor)loss.GetValue(losses)!);
            }

            foreach (var (name, tensor) in state.Where(entry => golden.Names.Contains($"{at}gradient.{entry.Key}")))
                golden.Matches($"{at}gradient.{name}", ArenaGradient.Of(arena, tensor));
            Call("ApplyGradients");
            foreach (var (name, tensor) in state) golden.Matches($"{at}after.{name}", tensor);
            foreach (var (name, tensor) in teacher(step) ?? []) golden.Matches($"{at}after.teacher.{name}", tensor);
            foreach (string rows in (string[])["ensemble", "visits"])
            {
                if (golden.Names.Contains($"{at}after.{rows}"))
                    golden.Matches($"{at}after.{rows}",
                        ((Dictionary<string, Tensor>)Call("State")!)[rows].to(golden[$"{at}after.{rows}"].dtype));
            }
        }
    }

    private object Make(string type, string prefix, IReadOnlyDictionary<string, string> names)
    {
        var constructor = trainer.GetType().GetNestedType(type)!.GetConstructors().Single();
        return constructor.Invoke(
            [.. constructor.GetParameters().Select(parameter => (object)golden[prefix + names[parameter.Name!]])]);
    }

    private object? Call(string method, params object[] arguments)
    {
        try
        {
            return trainer.GetType().GetMethod(
                method, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)!.Invoke(trainer, arguments);
        }
        catch (TargetInvocationException error) when (error.InnerException is { } inner)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(inner);
            throw;
        }
    }
}
