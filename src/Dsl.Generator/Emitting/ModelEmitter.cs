using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Emitting.Blocks;
using Dsl.Generator.Emitting.Datasets;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Passes;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Emitting;

/// <summary>A model's class: its state, <c>forward</c>, and the <c>Forward</c>/<c>Backward</c> pair.</summary>
internal static class ModelEmitter
{
    /// <summary>The generated file, or null with findings.</summary>
    public static string? Emit(ModelDeclaration declaration, NetworkProgram network, CompilerOptions options, Findings findings)
    {
        ForwardPasses.Run(network);
        var inference = network.Computation.Nodes.ToList();
        bool counts = declaration.Budget?.Arguments.Any(
            argument => argument.Name == nameof(BudgetAttribute.ActivationBytes)) == true;
        var planned = network.IsOpaque || (options.Backward == Backward.Autograd && !counts) ? null : new NetworkPair(network);
        BudgetChecker.Check(declaration, network, planned, findings);
        if (findings.Any) return null;
        var pair = options.Backward == Backward.Autograd ? null : planned;
        var blocks = new BlockPlan(network, inference, pair);
        var state = new ModelState(declaration.Type.Name, network, blocks);
        var code = SourceFile.Begin(
            declaration.Type, declaration.Named, ModelHeader.Lines(declaration, network), isRemarked: true);
        string pairing = pair is not null && network.IsPlain ? $", IExplicitModel<{declaration.Type.Name}.Tape>" : "";
        string stepping = (network.IsStepwise ? ", IStepwiseModel" : "") + (network.CarriesStates ? ", IRecurrentModel" : "");
        string predicting = network.Dataset is { } dataset ? $", {DatasetText.Of(dataset).Interface}" : "";
        ModelHeader.WriteDocumentation(code, network, pair);
        SourceFile.WriteAttributes(code, declaration.Type);
        string bases = $"{NetworkSignature.Module(network)}{pairing}{stepping}{predicting}";
        using (code.Block($"partial class {declaration.Type.Name} : {bases}"))
        {
            state.WriteMembers(code);
            if (network.Methods.Count > 0) MethodEmitter.Write(code, network);
            else WriteInference(code, network, inference, blocks);
            if (network.MixPoints.Count > 0) WriteMixing(code, network);
            if (network.CarriesStates) CarriedStatesEmitter.Write(code, network);
            if (network.IsStepwise) StepwiseEmitter.Write(code, network, inference, blocks);
            if (network.Dataset is not null) DatasetModelEmitter.Write(code, declaration, network);
            PretrainedEmitter.Write(code, network);
            MergeEmitter.Write(code, network);
            if (pair is not null) NetworkPairEmitter.Write(code, network, pair, blocks, options.TellsGradients);
            state.WriteMoves(code, pair is not null);
            if (pair is not null) state.WriteGradients(code);
            foreach (var block in blocks.Classes) block.Write(code, declaration.Type.Name);
        }

        return code.ToString();
    }

    private static void WriteInference(CodeWriter code, NetworkProgram network, IReadOnlyList<Node> nodes, BlockPlan blocks)
    {
        string arguments = NetworkSignature.Arguments(network), parameters = NetworkSignature.Parameters(network);
        string head = $"public override {NetworkSignature.ResultType(network)} forward({parameters})";
        code.Line();
        code.Summary(
            $"The output {NetworkSignature.Shapes(network.Results)} for inputs {NetworkSignature.Shapes(network.Inputs)}, in "
            + $"the mode that the module is in.");
        if (network.Features.Count == 0)
        {
            WriteBody(code, network, head, nodes, network.Results, blocks);
            return;
        }

        List<NetworkPort> all = [.. network.Results, .. network.Features];
        using (code.Block(head))
        {
            code.Line("using var scope = NewDisposeScope();");
            code.Line($"var all = ForwardFeatures({arguments});");
            var results = network.Results.Select(result => $"all.{result.Member}.MoveToOuterDisposeScope()");
            code.Line($"return {NetworkSignature.Tuple([.. results])};");
        }

        code.Line();
        code.Summary($"The output and the tagged values, {NetworkSignature.Shapes(all)}, in the mode that the module is in.");
        WriteBody(
            code, network,
            $"public {NetworkSignature.TupleType(all)} ForwardFeatures({parameters}{NetworkSignature.Mixing(network)})", nodes,
            all, blocks);
    }

    private static void WriteMixing(CodeWriter code, NetworkProgram network)
    {
        var points = network.MixPoints.Select(node => ((MixPoint)node.Operation).Point).ToList();
        code.Line();
        code.Summary(
            "How the samples of a batch are mixed: at a place of share s, sample n becomes s times itself plus 1 − s times "
            + "its partner.");
        code.Line("/// <param name=\"Partners\">The partner of each sample, a permutation [N], int64.</param>");
        foreach (string point in points)
            code.Line($"/// <param name=\"{point}\">The share at {point}, in [0, 1], without dimensions; null for 1.</param>");
        code.Line(
            $"public sealed record Mixing(Tensor Partners{string.Concat(points.Select(point => $", Tensor? {point} = null"))});");
    }

    private static void WriteBody(CodeWriter code, NetworkProgram network, string head, IReadOnlyList<Node> nodes,
        IReadOnlyList<NetworkPort> results, BlockPlan blocks)
    {
        using (code.Block(head))
        {
            code.Line("using var scope = Arena.Enter();");
            NetworkSignature.WriteRequirements(code, network);
            var body = new AutogradBody(code, blocks.Names);
            foreach (var (node, run) in blocks.Steps(nodes))
            {
                if (node is null) body.Begin(BlockCall.Section(run));
                else body.Write([node]);
                foreach (var use in run) BlockCall.WriteInference(code, body, use);
            }

            code.Line();
            var returned = results.Select(result => $"{body.NameOf(result.Value)}.MoveToOuterDisposeScope()");
            code.Line($"return {NetworkSignature.Tuple([.. returned])};");
        }
    }
}
