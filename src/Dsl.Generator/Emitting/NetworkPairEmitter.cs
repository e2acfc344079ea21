using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Emitting.Blocks;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Layers;
using Dsl.Generator.Passes;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Emitting;

/// <summary>The training pair of a model: the tape, <c>Forward</c> and <c>Backward</c> over libtorch operations.</summary>
internal static class NetworkPairEmitter
{
    /// <param name="tells">Whether the backward pass says which gradients are complete.</param>
    public static void Write(CodeWriter code, NetworkProgram network, NetworkPair pair, BlockPlan blocks, bool tells)
    {
        WriteTape(code, network, pair, blocks);
        WriteForward(code, network, pair, blocks);
        WriteBackward(code, network, pair, blocks, tells);
    }

    private static void WriteTape(CodeWriter code, NetworkProgram network, NetworkPair pair, BlockPlan blocks)
    {
        var owned = pair.Owned.Where(value => !blocks.IsInBlock(value)).ToList();
        code.Line();
        code.Summary("What <c>Forward</c> saves for <c>Backward</c>.");
        using (code.Block("public sealed class Tape : IDisposable"))
        {
            foreach (var value in pair.Saved.Where(value => !blocks.IsInBlock(value)))
            {
                string owner = value.Producer.Operation is Input ? ", the caller's" : "";
                code.Line(
                    $"public Tensor {blocks.TapeMember(value)} {{ get; internal set; }} = null!;  // {value.Remark}{owner}");
            }

            foreach (var use in blocks.Uses)
                code.Line($"public {blocks.ClassOf(use).Name}.Tape {BlockPlan.Property(use)} {{ get; }} = new();");
            code.Line();
            foreach (var feature in network.Features)
            {
                code.Summary($"{feature.Value.Shape}, tagged \"{feature.Name}\".");
                code.Line($"public Tensor {feature.TapeMember} => {blocks.TapeMember(feature.Value)};");
                code.Line();
            }

            if (network.MixPoints.Count > 0)
            {
                code.Summary("How <c>Forward</c> mixed samples, the caller's; null when it did not.");
                code.Line("public Mixing? Mixing { get; internal set; }");
                code.Line();
            }

            if (pair.InputOnly.Count > 0)
            {
                code.Summary("Whether <c>Forward</c> keeps what the input's gradient needs of the frozen part; set it before.");
                code.Line("public bool ForInputGradient { get; set; }");
                code.Line();
            }

            code.Summary("Frees what is saved. A tape can be used again.");
            using (code.Block("public void Dispose()"))
            {
                code.Statements(owned.Select(value => $"{blocks.TapeMember(value)}?.{pair.Ending(value)}();"));
                code.Statements(blocks.Uses.Select(use => $"{BlockPlan.Property(use)}.Dispose();"));
            }
        }
    }

    private static void WriteForward(CodeWriter code, NetworkProgram network, NetworkPair pair, BlockPlan blocks)
    {
        var saved = pair.Saved.ToDictionary(value => value, value => $"tape.{blocks.TapeMember(value)}");
        var plan = pair.PlanForward(network);
        code.Line();
        code.Summary(
            $"The output {NetworkSignature.Shapes(network.Results)} in training mode; saves what <c>Backward</c> needs.");
        using (code.Block(
            $"public {NetworkSignature.ResultType(network)} Forward({NetworkSignature.Parameters(network)}, Tape "
            + $"tape{NetworkSignature.Mixing(network)})"))
        {
            NetworkSignature.WriteRequirements(code, network);
            code.Line("using var noGrad = Aten.no_grad();");
            code.Line("tape.Dispose();");
            if (network.MixPoints.Count > 0) code.Line("tape.Mixing = mixing;");
            foreach (var input in network.Inputs)
                if (saved.TryGetValue(input.Value, out string? member)) code.Line($"{member} = {input.Variable};");
            var body = new ExplicitBody(code, plan, blocks.Names, saved, new HashSet<Node>());
            var lastUses = pair.InputOnly.ToLookup(
                value => pair.Forward.Last(node => node.Inputs.Contains(value) || node.Outputs.Contains(value)));
            foreach (var (node, run) in blocks.Steps(pair.Forward))
            {
                if (node is null) body.Begin(BlockCall.Section(run));
                foreach (var use in run) BlockCall.WriteForward(code, body, use, saved);
                if (node is null) continue;

                body.Write([node]);
                string unused = string.Join(
                    " ", lastUses[node].Select(value => $"{body.Name(value)}.{pair.Ending(value)}();"));
                if (unused.Length > 0)
                    code.Line($"if (!tape.ForInputGradient) {(lastUses[node].Count() > 1 ? $"{{ {unused} }}" : unused)}");
            }

            code.Line();

            // The tape frees what it holds, and the caller frees each result: no two may be the same wrapper.
            var taken = new HashSet<Value>(saved.Keys.Concat(network.Inputs.Select(input => input.Value)));
            var results = network.Results.Select(
                result => taken.Add(result.Value) ? body.Name(result.Value) : $"Aten.alias({body.Name(result.Value)})").ToList();
            code.Line($"return {NetworkSignature.Tuple(results)};");
        }

        if (!network.IsPlain || network.MixPoints.Count == 0) return;
        code.Line();
        code.Line("Tensor IExplicitModel<Tape>.Forward(Tensor input, Tape tape) => Forward(input, tape);");
    }

    private static void WriteBackward(
        CodeWriter code, NetworkProgram network, NetworkPair pair, BlockPlan blocks, bool tells)
    {
        var names = blocks.Names.ToDictionary(name => name.Key, name => name.Value);
        foreach (var value in pair.Saved) names[value] = $"tape.{blocks.TapeMember(value)}";
        var plan = pair.PlanBackward();
        var inputs = network.Inputs.Where(input => pair.InputGradients.Any(gradient => gradient.Name == input.Name)).ToList();
        string asked = inputs.Count == 1 ? "inputGradient" : "inputGradients";
        code.Line();
        code.Summary("Adds the parameters' gradients to <c>Arena.Gradients</c> and frees what the tape saved.");
        code.Line("/// <param name=\"tape\">What the matching <c>Forward</c> saved.</param>");
        foreach (var result in network.Results)
            code.Line(
                $"/// <param name=\"{result.GradientArgument}\">Gradient of the "
                + $"{(network.Outputs.Count > 1 ? $"output {result.Name}" : "output")}, {result.Value.Shape}.</param>");
        if (inputs.Count > 0)
            code.Line(
                $"/// <param name=\"{asked}\">Whether to compute the "
                + $"gradient{(inputs.Count == 1 ? " of the input" : "s of the inputs")} too.</param>");
        foreach (var feature in network.Features)
            code.Line(
                $"/// <param name=\"{feature.GradientArgument}\">Gradient of the value tagged \"{feature.Name}\", "
                + $"{feature.Value.Shape}; null for none.</param>");
        if (inputs.Count > 0)
            code.Line(
                $"/// <returns>The gradient of {(inputs.Count == 1 ? "the input" : "each input")}, "
                + $"{NetworkSignature.Shapes(inputs)}, when it was asked for.</returns>");
        string parameters = string.Concat(network.Results.Select(result => $", Tensor {result.GradientArgument}"))
            + (inputs.Count > 0 ? $", bool {asked} = false" : "")
            + string.Concat(network.Features.Select(feature => $", Tensor? {feature.GradientArgument} = null"));
        string type = inputs.Count == 0 ? "void" : NetworkSignature.TupleType(inputs) + "?";
        using (code.Block($"public {type} Backward(Tape tape{parameters})"))
        {
            if (pair.InputOnly.Count > 0)
            {
                code.Line($"if ({asked} && !tape.ForInputGradient)");
                code.Line("    throw new InvalidOperationException(");
                code.Line("        \"The gradient of the input needs what the frozen part computed: \"");
                code.Line("        + \"set the tape's ForInputGradient before Forward.\");");
            }

            code.Line("using var noGrad = Aten.no_grad();");
            if (network.Parameters.Any(parameter => !parameter.IsFrozen && blocks.UseOf(parameter.Name) is null))
                code.Line("var gradients = _gradients ??= new ParameterGradients(this);");
            var body = new ExplicitBody(code, plan, names, new Dictionary<Value, string>(), new HashSet<Node>());
            var complete = tells ? new CompleteGradients(code, network, pair, blocks) : null;
            foreach (var (node, run) in blocks.Steps(pair.ParameterPart))
            {
                if (node is null) body.Begin(BlockCall.Section(run));
                else body.Write([node]);
                foreach (var use in run) BlockCall.WriteBackward(code, body, use, plan);
                complete?.Write();
            }

            code.Line();
            if (inputs.Count == 0)
            {
                code.Line("tape.Dispose();");
                return;
            }

            using (code.Block($"if (!{asked})"))
            {
                code.Line("tape.Dispose();");
                body.Free(Pending(pair));
                code.Line("return null;");
            }

            code.Line();
            body.Write(pair.InputPart);
            code.Line();
            code.Line("tape.Dispose();");
            var returned = new HashSet<Value>();
            var gradients = pair.InputGradients
                .Select(input => input.Value.Producer.Operation.IsLeaf || !returned.Add(input.Value)
                    ? $"Aten.alias({body.Name(input.Value)})" : body.Name(input.Value))
                .ToList();
            code.Line($"return {NetworkSignature.Tuple(gradients)};");
        }

        if (!network.IsPlain || network.Features.Count == 0) return;
        code.Line();
        code.Line(
            "Tensor? IExplicitModel<Tape>.Backward(Tape tape, Tensor outputGradient, bool inputGradient) => Backward(tape, "
            + "outputGradient, inputGradient);");
    }

    /// <summary>Gradients that only the input's gradient would have read.</summary>
    private static IEnumerable<Value> Pending(NetworkPair pair)
    {
        // The gradients of the outputs are the caller's.
        var made = new HashSet<Value>(pair.ParameterPart.Where(node => !node.Operation.IsLeaf).SelectMany(node => node.Outputs));
        return pair.InputPart.SelectMany(node => node.Inputs).Concat(pair.InputGradients.Select(input => input.Value))
            .Where(made.Contains).Distinct();
    }
}
