using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Emitting.Blocks;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Passes;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Emitting;

/// <summary>A model's method that computes one place of a sequence.</summary>
internal static class StepwiseEmitter
{
    public static void Write(CodeWriter code, NetworkProgram network, IReadOnlyList<Node> inference, BlockPlan blocks)
    {
        var plan = Stepwise.Of(network, inference, out _, out _)!;
        NetworkPort input = network.Inputs[0], result = network.Results[0];
        Shape one = input.Value.Shape.With(1, 1);
        string places = input.Value.Shape[1].ToString();
        var placed = new NetworkPort(
            input.Name, plan.Computation.Nodes.First(node => node.Operation is Input).Output);
        code.Line();
        code.Summary("How many places a sequence has.");
        code.Line($"public int Places => {places};");
        code.Line();
        code.Summary($"The output {result.Value.Shape.With(1, 1)} for the next place {one} of sequences whose earlier places the "
            + "cache has seen, in the mode that the module is in and without a gradient.");
        code.Line($"/// <param name=\"{input.Variable}\">The next place.</param>");
        code.Line("/// <param name=\"cache\">What is kept of earlier places; this one is added.</param>");
        using (code.Block($"public Tensor Next(Tensor {input.Variable}, SequenceCache cache)"))
        {
            code.Line(NetworkSignature.Requirement(network, placed, "this", input.Variable));
            code.Line("ArgumentNullException.ThrowIfNull(cache);");
            code.Line($"cache.Begin({input.Variable}.size(0), {places});");
            code.Line("using var noGrad = no_grad();");
            code.Line("using var scope = Arena.Enter();");
            var members = network.Parameters.Select(parameter => (parameter.Name, parameter.Member))
                .Concat(network.Buffers.Select(buffer => (buffer.Name, buffer.Member)))
                .ToDictionary(pair => pair.Member, pair => blocks.Member(pair.Name, pair.Member));
            var names = plan.Computation.Nodes.Where(node => node.Operation is Leaf leaf && members.ContainsKey(leaf.Member))
                .ToDictionary(node => node.Output, node => members[((Leaf)node.Operation).Member]);
            var body = new AutogradBody(code, names);
            body.Write(plan.Computation.Nodes);
            code.Line();
            code.Line("cache.End();");
            code.Line($"return {body.NameOf(plan.Result)}.MoveToOuterDisposeScope();");
        }
    }
}
