using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Passes;

/// <summary>What a gradient can reach, by following the operations that carry one backwards.</summary>
internal static class GradientFlow
{
    /// <summary>The networks that a value of the trainer's computation passes its gradient to, whatever happens inside
    /// them.</summary>
    public static IReadOnlyCollection<Player> Networks(TrainerProgram trainer, Value value) =>
        new HashSet<Player>(Calls(value, false).Select(reached => PlayerOf(trainer, reached)));

    /// <summary>Parameters of a network, frozen ones among them, to which a value of the trainer's computation passes its
    /// gradient.</summary>
    /// <param name="throughStops">Whether to look behind stopped gradients too: what the value depends on.</param>
    public static IReadOnlyCollection<NetworkParameter> Parameters(
        TrainerProgram trainer, Player player, Value value, bool throughStops = false)
    {
        var network = player.Network!;
        var ports = network.Results.Concat(network.Features).Select(port => port.Value).ToList();
        var read = Calls(value, throughStops).Where(reached => PlayerOf(trainer, reached) == player)
            .Select(reached => ports[reached.Index]);
        var members = new HashSet<string>(read.SelectMany(result => Reached(result, throughStops))
            .Select(reached => reached.Producer.Operation)
            .OfType<Parameter>().Select(parameter => parameter.Member));
        return network.Parameters.Where(parameter => members.Contains(parameter.Member)).ToList();
    }

    /// <summary>The networks whose parameters a value of the trainer's computation is a function of as they are, all of
    /// them.</summary>
    public static IEnumerable<Player> Penalized(TrainerProgram trainer, Value value) => Reached(value, false)
        .Select(reached => reached.Producer.Operation).OfType<ParameterPenalty>()
        .Select(penalty => trainer.Players.First(player => player.Field == penalty.Member));

    /// <summary>The networks all of whose parameters a value reads as numbers, and not through a pass.</summary>
    public static IEnumerable<Player> ReadWhole(TrainerProgram trainer, Value value) => Reached(value, false, throughCalls: false)
        .Select(reached => reached.Producer.Operation).OfType<ParameterValues>()
        .Select(values => trainer.Players.First(player => player.Field == values.Member));

    /// <summary>Whether a value passes its gradient to numbers that the trainer learns beside its networks.</summary>
    public static bool ReachesLearnedNumbers(TrainerProgram trainer, Value value) => Reached(value, false)
        .Select(reached => reached.Producer.Operation).OfType<Parameter>()
        .Any(parameter => trainer.LearnedNumbers.Exists(number => number.Parameter.Member == parameter.Member));

    private static Player PlayerOf(TrainerProgram trainer, Value result)
    {
        string member = ((INetworkCall)result.Producer.Operation).Member;
        return trainer.Players.First(player => player.Field == member);
    }

    private static IEnumerable<Value> Calls(Value value, bool throughStops) =>
        Reached(value, throughStops).Where(reached => reached.Producer.Operation is INetworkCall);

    /// <summary>The values of the same computation that a value's gradient reaches, itself first.</summary>
    private static HashSet<Value> Reached(Value value, bool throughStops, bool throughCalls = true)
    {
        var reached = new HashSet<Value>();
        var waiting = new Stack<Value>();
        waiting.Push(value);
        while (waiting.Count > 0)
        {
            Value next = waiting.Pop();
            if (!reached.Add(next)) continue;
            if (!next.Producer.Operation.CarriesGradient && !(throughStops && next.Producer.Operation is StopGradient)) continue;
            if (!throughCalls && next.Producer.Operation is INetworkCall) continue;
            foreach (var input in next.Producer.Inputs) waiting.Push(input);
        }

        return reached;
    }
}
