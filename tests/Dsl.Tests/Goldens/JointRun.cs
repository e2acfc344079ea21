using System.Reflection;
using System.Text.RegularExpressions;
using Dsl.Runtime;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>A trainer of several networks in one descent that is given the batches and draws of a golden, and compared with
/// it.</summary>
internal static partial class JointRun
{
    /// <summary>Three steps: losses, gradients, parameters and buffers, and what else the golden keeps.</summary>
    /// <param name="type">The trainer, made without arguments but its networks.</param>
    /// <param name="prefixes">The golden's prefix of each network in the order of the constructor.</param>
    public static void ThreeSteps(Golden golden, Type type, params string[] prefixes)
    {
        var (trainer, networks) = Create(type, prefixes);
        using var ended = (IDisposable)trainer;
        foreach (var (prefix, network) in networks) golden.Restore(network.state_dict(), "initial." + prefix);
        var states = (Dictionary<string, Tensor>)type.GetMethod("State", BindingFlags.Instance | BindingFlags.NonPublic)!
            .Invoke((object)trainer, null)!;
        using (no_grad())
        {
            foreach (var (name, value) in states.Where(state => golden.Names.Contains("initial." + state.Key)))
                value.copy_(golden["initial." + name]);
        }

        for (int step = 0; step < 3; step++)
        {
            string at = $"step{step}.";
            dynamic batch = Make(type, "Batch", golden, at + "batch.");
            dynamic losses = type.GetNestedType("Draws") is null ? trainer.ComputeGradients(batch)
                : trainer.ComputeGradients(batch, (dynamic)Make(type, "Draws", golden, at + "draw."));
            foreach (string term in golden.Names.Where(tensor => tensor.StartsWith(at + "loss.", StringComparison.Ordinal)))
                golden.Matches(term, Loss((object)losses, term[(at + "loss.").Length..]));
            foreach (var (prefix, network) in networks)
            {
                var arena = (ParameterArena)((dynamic)network).Arena;
                foreach (var (parameter, value) in network.named_parameters())
                    golden.Matches($"{at}gradient.{prefix}{parameter}", ArenaGradient.Of(arena, value));
            }

            foreach (var (name, parameter) in Own((object)trainer))
                golden.Matches($"{at}gradient.{name}", ArenaGradient.Of((ParameterArena)trainer.Adapters, parameter));

            trainer.ApplyGradients();
            foreach (var (name, parameter) in Own((object)trainer)) golden.Matches($"{at}after.{name}", parameter);
            foreach (var (prefix, network) in networks)
                foreach (var (state, value) in network.state_dict()) golden.Matches($"{at}after.{prefix}{state}", value);
            foreach (var (name, value) in states.Where(state => golden.Names.Contains($"{at}after.{state.Key}")))
                golden.Matches($"{at}after.{name}", value);
            string[] known =
            [
                .. states.Keys, .. Own((object)trainer).Select(own => own.Name),
                .. networks.SelectMany(each => each.Network.state_dict().Keys.Select(state => each.Prefix + state)),
            ];
            Assert.Empty(golden.Names.Where(name => name.StartsWith(at + "after.", StringComparison.Ordinal))
                .Except(known.Select(name => $"{at}after.{name}")));
        }
    }

    private static (dynamic Trainer, IReadOnlyList<(string Prefix, nn.Module Network)> Networks) Create(
        Type type, string[] prefixes)
    {
        var networks = type.GetConstructors().Single().GetParameters()
            .Where(parameter => typeof(nn.Module).IsAssignableFrom(parameter.ParameterType))
            .Zip(prefixes, (parameter, prefix) => (prefix, (nn.Module)Activator.CreateInstance(parameter.ParameterType, [null])!))
            .ToList();
        object?[] arguments = [.. networks.Select(network => network.Item2),
            .. type.GetConstructors().Single().GetParameters().Skip(networks.Count).Select(parameter => parameter.DefaultValue)];
        return (Activator.CreateInstance(type, arguments)!, networks);
    }

    /// <summary>A batch or draws, each member from the golden's tensor of its name.</summary>
    private static object Make(Type trainer, string type, Golden golden, string prefix)
    {
        var constructor = trainer.GetNestedType(type)!.GetConstructors(BindingFlags.Public | BindingFlags.Instance).Single();
        return constructor.Invoke([.. constructor.GetParameters().Select(parameter =>
            (object)golden[prefix + Words().Replace(parameter.Name!, "_$0").ToLowerInvariant()].alias())]);
    }

    /// <summary>What the trainer learns itself, under the golden's names.</summary>
    private static IEnumerable<(string Name, Tensor Parameter)> Own(object trainer) => trainer.GetType().GetProperties()
        .Where(property => property.PropertyType == typeof(TorchSharp.Modules.Parameter))
        .Select(property => (Words().Replace(property.Name, "_$0").ToLowerInvariant(), (Tensor)property.GetValue(trainer)!));

    private static Tensor Loss(object losses, string term) =>
        (Tensor)losses.GetType().GetProperty(char.ToUpperInvariant(term[0]) + term[1..])!.GetValue(losses)!;

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex Words();
}
