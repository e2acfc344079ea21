using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Emitting;

/// <summary>The forward pass of a network at other parameters than its own, where a step asks for that.</summary>
internal static class NetworkAtEmitter
{
    private const string Parameters = "parameters";

    public static void Write(CodeWriter code, TrainerProgram trainer)
    {
        var asked = trainer.Phases.Select(phase => phase.Computation)
            .Concat(trainer.Procedures.Select(procedure => procedure.Computation))
            .SelectMany(computation => computation.Nodes).Select(node => node.Operation).OfType<CallAt>()
            .GroupBy(call => call.Method).Select(calls => calls.First());
        foreach (var call in asked) Write(code, trainer.Players.First(player => player.Field == call.Member), call.Method);
    }

    private static void Write(CodeWriter code, Player player, string method)
    {
        var network = player.Network!;
        var input = network.Inputs[0];
        var names = new Dictionary<Value, string>();
        var nodes = new List<Node>();
        foreach (var node in network.Computation.Nodes)
        {
            // Without a mixture a place is the value itself.
            if (node.Operation is MixPoint) names[node.Output] = Name(node.Inputs[0]);
            else nodes.Add(node);
        }

        code.Line();
        code.Line($"// What {player.Field} computes at other parameters than its own.");
        using (code.Block($"private Tensor {method}(Tensor {Parameters}, Tensor {input.Variable})"))
        {
            code.Line(NetworkSignature.Requirement(network, input, player.Field, input.Variable));
            code.Line("using var scope = NewDisposeScope();");
            foreach (var parameter in network.Parameters)
            {
                string local = Casing.Variable(parameter.Member);
                foreach (var leaf in nodes.Where(node => node.Operation is Parameter own && own.Member == parameter.Member))
                    names[leaf.Output] = local;
                string from = parameter.IsFrozen ? $"{player.Arena}.Values" : Parameters;
                string part = $"{network.Layout.OffsetOf(parameter)}, {parameter.Count}";
                code.Line($"Tensor {local} = {from}.narrow(0, {part}).view({string.Join(", ", parameter.Shape.Dims)});"
                    + $"  // {parameter.Name} {parameter.Shape}");
            }

            var body = new AutogradBody(code, names);
            body.Write(nodes);
            code.Line();
            code.Line($"return {body.NameOf(network.Results[0].Value)}.MoveToOuterDisposeScope();");
        }

        string Name(Value value) => names.TryGetValue(value, out string? known) ? known : AutogradBody.Name(value);
    }
}
