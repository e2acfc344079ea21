using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Dsl.Generator.Declarations;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;

namespace Dsl.Generator.Emitting;

/// <summary>A model's class: its state, <c>forward</c>, and the <c>Forward</c>/<c>Backward</c> pair.</summary>
internal static class ModelEmitter
{
    public static string Emit(ModelDeclaration declaration, NetworkProgram network, CompilerOptions options)
    {
        var inference = network.Computation.Nodes.ToList();
        var pair = options.Backward == Backward.Autograd || network.IsOpaque ? null : new NetworkPair(network);
        var state = new ModelState(declaration.Type.Name, network);
        var code = SourceFile.Begin(declaration.Type, ModelHeader.Lines(declaration, network, pair));
        string parameters = network.Parameters.Sum(p => p.Count).ToString("N0", CultureInfo.InvariantCulture);
        string pairing = pair is not null && network.IsPlain ? $", IExplicitModel<{declaration.Type.Name}.Tape>" : "";
        code.Summary($"{NetworkSignature.Shapes(network.Inputs)} to {NetworkSignature.Shapes(network.Results)}, {parameters} parameters.");
        using (code.Block($"partial class {declaration.Type.Name} : {NetworkSignature.Module(network)}{pairing}"))
        {
            state.WriteMembers(code);
            if (network.Methods.Count > 0) MethodEmitter.Write(code, network);
            else WriteInference(code, network, inference);
            if (pair is not null) NetworkPairEmitter.Write(code, network, pair);
            state.WriteMoves(code, pair is not null);
            if (pair is not null) state.WriteGradients(code);
        }

        return code.ToString();
    }

    private static void WriteInference(CodeWriter code, NetworkProgram network, IReadOnlyList<Node> nodes)
    {
        string arguments = NetworkSignature.Arguments(network), parameters = NetworkSignature.Parameters(network);
        string head = $"public override {NetworkSignature.ResultType(network)} forward({parameters})";
        code.Line();
        code.Summary($"The output {NetworkSignature.Shapes(network.Results)} for inputs {NetworkSignature.Shapes(network.Inputs)}, in the mode that the module is in.");
        if (network.Features.Count == 0)
        {
            WriteBody(code, head, nodes, network.Results);
            return;
        }

        List<NetworkPort> all = [.. network.Results, .. network.Features];
        using (code.Block(head))
        {
            code.Line("using var scope = NewDisposeScope();");
            code.Line($"var all = ForwardFeatures({arguments});");
            code.Line($"return {NetworkSignature.Tuple([.. network.Results.Select(result => $"all.{result.Member}.MoveToOuterDisposeScope()")])};");
        }

        code.Line();
        code.Summary($"The output and the tagged values, {NetworkSignature.Shapes(all)}, in the mode that the module is in.");
        WriteBody(code, $"public {NetworkSignature.TupleType(all)} ForwardFeatures({parameters})", nodes, all);
    }

    private static void WriteBody(CodeWriter code, string head, IReadOnlyList<Node> nodes, IReadOnlyList<NetworkPort> results)
    {
        using (code.Block(head))
        {
            code.Line("using var scope = NewDisposeScope();");
            new AutogradBody(code).Write(nodes);
            code.Line();
            code.Line($"return {NetworkSignature.Tuple([.. results.Select(result => $"{AutogradBody.Name(result.Value)}.MoveToOuterDisposeScope()")])};");
        }
    }
}
