using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Emitting.Blocks;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Passes;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Emitting;

/// <summary>
/// The backward pass of a network for one input alone, where a step asks for that: the operations that parameters' gradients need
/// besides are left out, which is half of them.
/// </summary>
internal static class InputGradientEmitter
{
    public static void Write(CodeWriter code, TrainerProgram trainer)
    {
        var asked = trainer.Phases.Where(phase => phase.IsExplicit).SelectMany(phase => phase.Computation.Nodes)
            .Select(node => node.Operation).OfType<CallBackward>().Where(call => !call.Learns).GroupBy(call => call.Method)
            .Select(calls => calls.First());

        // Two players can be of one network, whose computation becomes a pair's once.
        var pairs = new Dictionary<NetworkProgram, NetworkPair>();
        foreach (var call in asked)
        {
            var player = trainer.Players.First(player => player.Field == call.Member);
            if (!pairs.TryGetValue(player.Network!, out var pair))
                pairs.Add(player.Network!, pair = new NetworkPair(player.Network!));
            Write(code, player, pair, call);
        }
    }

    // A derivative that adds to the gradient of a bias on the way adds nothing here.
    private static Node WithoutBias(Node node) => node.Operation is DerivativeOfBiased biased
        ? new Node((Operation)biased.Derivative, node.Inputs, node.Section) { Outputs = node.Outputs }
        : node;

    private static void Write(CodeWriter code, Player player, NetworkPair pair, CallBackward call)
    {
        var network = player.Network!;
        string input = network.Inputs[call.Input].Name;
        var result = pair.InputGradients.First(gradient => gradient.Name == input).Value;
        var blocks = new BlockPlan(network, pair.Inference, pair);
        var needed = new HashSet<Value> { result };
        var nodes = new List<Node>();
        foreach (var node in Enumerable.Reverse(pair.ParameterPart.Concat(pair.InputPart).ToList()))
        {
            if (!node.Outputs.Any(needed.Contains)) continue;
            needed.UnionWith(node.Inputs);
            nodes.Insert(0, WithoutBias(node));
        }

        var names = pair.Saved.ToDictionary(value => value, value => $"tape.{blocks.TapeMember(value)}");
        foreach (var parameter in needed.Where(value => value.Producer.Operation is Parameter or Buffer or Table))
        {
            string member = ((Leaf)parameter.Producer.Operation).Member;
            string? name = network.Parameters.FirstOrDefault(known => known.Member == member)?.Name
                ?? network.Buffers.FirstOrDefault(known => known.Member == member)?.Name;
            names[parameter] = $"{player.Field}.{(name is null ? member : blocks.Member(name, member))}";
        }

        foreach (var gradient in pair.OutputGradients) names[gradient] = ((Leaf)gradient.Producer.Operation).Member;
        var memory = new PlanMemory(nodes, [result], []);
        code.Line();
        string which = call.Input == 0 ? "input" : $"input \"{input}\"";
        code.Line(
            $"// The gradient of the {which} of {player.Field}, and of nothing else: parameters' gradients stay as they are.");
        string gradients = string.Concat(network.Results.Select(port => $", Tensor {port.GradientArgument}"));
        using (code.Block($"private Tensor {call.Method}({player.Type}.Tape tape{gradients})"))
        {
            foreach (var read in nodes.Select(node => node.Operation).OfType<FeatureGradient>())
                code.Line($"Tensor? {read.Argument} = null;");
            var body = new ExplicitBody(code, memory, names, new Dictionary<Value, string>(), new HashSet<Node>());
            body.Write(nodes);
            code.Line();
            code.Line("tape.Dispose();");
            code.Line($"return {body.Name(result)};");
        }
    }
}
