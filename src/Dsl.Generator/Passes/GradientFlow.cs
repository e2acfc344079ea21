using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;

namespace Dsl.Generator.Passes;

/// <summary>What a gradient can reach, by following the operations that carry one backwards.</summary>
internal static class GradientFlow
{
    /// <summary>Parameters of a network, frozen ones among them, to which a value of the trainer's computation passes its gradient.</summary>
    /// <param name="throughStops">Whether to look behind stopped gradients too: what the value depends on.</param>
    public static IReadOnlyCollection<NetworkParameter> Parameters(NetworkProgram network, Value value, bool throughStops = false)
    {
        var ports = network.Results.Concat(network.Features).Select(port => port.Value).ToList();
        var read = Reached(value, throughStops)
            .Where(reached => reached.Producer.Operation is TrainNetwork)
            .Select(reached => ports[reached.Index]);
        var members = new HashSet<string>(read.SelectMany(result => Reached(result, throughStops))
            .Select(reached => reached.Producer.Operation)
            .OfType<Parameter>().Select(parameter => parameter.Member));
        return network.Parameters.Where(parameter => members.Contains(parameter.Member)).ToList();
    }

    /// <summary>Whether a value of the trainer's computation passes its gradient to what a network computed, whatever happens inside that.</summary>
    public static bool ReachesNetwork(Value value) => Reached(value, false).Any(reached => reached.Producer.Operation is TrainNetwork);

    /// <summary>Whether something that is trained receives a gradient through the value.</summary>
    public static bool IsTrainedThrough(Value value) =>
        Reached(value, false).Any(reached => reached.Producer.Operation is TrainNetwork or Parameter);

    /// <summary>The values of the same computation that a value's gradient reaches, itself first.</summary>
    private static HashSet<Value> Reached(Value value, bool throughStops)
    {
        var reached = new HashSet<Value>();
        var waiting = new Stack<Value>();
        waiting.Push(value);
        while (waiting.Count > 0)
        {
            Value next = waiting.Pop();
            if (!reached.Add(next) || next.Producer.Operation is TrainNetwork) continue;
            if (!next.Producer.Operation.CarriesGradient && !(throughStops && next.Producer.Operation is StopGradient)) continue;
            foreach (var input in next.Producer.Inputs) waiting.Push(input);
        }

        return reached;
    }
}
