using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Dsl.Runtime;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>A trainer of several descents that is given the batches and draws of a golden, and compared with it descent by
/// descent.</summary>
/// <param name="draws">The golden's name of each member of <c>Draws</c>.</param>
/// <param name="watched">The golden's name of <c>Total</c>.</param>
/// <param name="networks">The golden's prefix of each network, with the name of its descent.</param>
internal sealed partial class PhaseRun(
    Golden golden, object trainer, IReadOnlyDictionary<string, string> draws, string watched,
    params (string Prefix, string Descent, nn.Module Network, ParameterArena Arena)[] networks)
{
    private const BindingFlags Members = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>Puts every network at the golden's start.</summary>
    public void Restore()
    {
        foreach (var network in networks) golden.Restore(network.Network.state_dict(), $"initial.{network.Prefix}.");
    }

    /// <summary>Three steps by <c>Step</c>: losses, parameters and buffers.</summary>
    public void CheckSteps()
    {
        Restore();
        for (int step = 0; step < 3; step++)
        {
            string at = $"step{step}.";
            object losses = Call("Step", Make("Batch", at + "batch."), Make("Draws", at + "draw."))!;
            foreach (var loss in losses.GetType().GetProperties())
            {
                string name = at + "loss." + NameOf(loss.Name);

                // What is reported and not minimised.
                if (!golden.Names.Contains(name)) name = at + "value." + NameOf(loss.Name);
                if (golden.Names.Contains(name)) golden.Matches(name, (Tensor)loss.GetValue(losses)!);
                else Assert.Null(loss.GetValue(losses));
            }

            foreach (var (prefix, _, network, _) in networks)
            {
                foreach (var (name, tensor) in network.state_dict()) golden.Matches($"{at}after.{prefix}.{name}", tensor);
            }

            var states = (Dictionary<string, Tensor>)trainer.GetType().GetMethod("State", Members)!.Invoke(trainer, null)!;
            foreach (var (name, state) in states)
            {
                string known = $"{at}after.{Words().Replace(name, "_$0").ToLowerInvariant()}";
                if (golden.Names.Contains(known)) golden.Matches(known, state);
            }
        }
    }

    /// <summary>The first step in which the golden has every descent, by each descent's own methods: its gradients, and none in
    /// the other network.</summary>
    public void CheckGradients()
    {
        int step = Enumerable.Range(0, 3).First(step =>
            networks.All(network => golden.Names.Any(name => name.StartsWith($"step{step}.gradient.{network.Prefix}."))));
        string at = $"step{step}.", before = step == 0 ? "initial." : $"step{step - 1}.after.";
        foreach (var network in networks) golden.Restore(network.Network.state_dict(), before + network.Prefix + ".");
        object batch = Make("Batch", at + "batch."), drawn = Make("Draws", at + "draw.");
        foreach (var trained in networks.GroupBy(network => network.Descent))
        {
            var losses = (ITuple)Call($"Compute{trained.Key}Gradients", batch, drawn)!;
            for (int i = 0; i < losses.Length; i++) ((Tensor)losses[i]!).Dispose();
            foreach (var (prefix, _, network, arena) in trained)
            {
                foreach (string name in golden.Names.Where(name => name.StartsWith($"{at}gradient.{prefix}.")))
                {
                    golden.Matches(
                        name, ArenaGradient.Of(arena, network.state_dict()[name[$"{at}gradient.{prefix}.".Length..]]));
                }
            }

            foreach (var other in networks.Where(other => other.Descent != trained.Key))
                Assert.Equal(0, other.Arena.Gradients.abs().max().ToDouble());

            // The golden's next descent sees these networks updated.
            foreach (var (prefix, _, network, arena) in trained)
            {
                arena.Gradients.zero_();
                golden.Restore(network.named_parameters().ToDictionary(pair => pair.name, pair => (Tensor)pair.parameter),
                    $"{at}after.{prefix}.");
            }
        }
    }

    private string NameOf(string member) => member == "Total" ? watched
        : member.EndsWith("Total", StringComparison.Ordinal) ? member[..^5].ToLowerInvariant()
        : member.ToLowerInvariant();

    private object Make(string type, string prefix)
    {
        var constructor = trainer.GetType().GetNestedType(type)!.GetConstructors().Single();
        return constructor.Invoke([.. constructor.GetParameters().Select(parameter => (object)Find(prefix, parameter.Name!))]);
    }

    // A descent that the step is without reads none of its draws.
    private Tensor Find(string prefix, string member)
    {
        string name = prefix + (member == "Input" ? "input" : draws[member]);
        return golden.Names.Contains(name) ? golden[name]
            : golden[golden.Names.First(other => other.EndsWith(name[name.IndexOf('.')..]))];
    }

    private object? Call(string method, params object[] arguments)
    {
        try
        {
            return trainer.GetType().GetMethod(method, Members, [.. arguments.Select(argument => argument.GetType())])!
                .Invoke(trainer, arguments);
        }
        catch (TargetInvocationException error) when (error.InnerException is { } inner)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(inner);
            throw;
        }
    }

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex Words();
}
