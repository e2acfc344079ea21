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
        var pair = options.Backward == Backward.Autograd ? null : new NetworkPair(network);
        var state = new ModelState(declaration.Type.Name, network);
        var code = SourceFile.Begin(declaration.Type, ModelHeader.Lines(declaration, network, pair));
        code.Summary($"{network.Input.Shape} to {network.Output.Shape}, {network.Parameters.Sum(p => p.Count).ToString("N0", CultureInfo.InvariantCulture)} parameters.");
        using (code.Block($"partial class {declaration.Type.Name} : nn.Module<Tensor, Tensor>{(pair is null ? "" : $", IExplicitModel<{declaration.Type.Name}.Tape>")}"))
        {
            state.WriteMembers(code);
            WriteInference(code, network, inference);
            if (pair is not null) NetworkPairEmitter.Write(code, network, pair);
            state.WriteMoves(code, pair is not null);
            if (pair is not null) state.WriteGradients(code);
        }

        return code.ToString();
    }

    private static void WriteInference(CodeWriter code, NetworkProgram network, IReadOnlyList<Node> nodes)
    {
        code.Line();
        code.Summary($"The output {network.Output.Shape} for inputs {network.Input.Shape}, in the mode that the module is in.");
        using (code.Block("public override Tensor forward(Tensor input)"))
        {
            code.Line("using var scope = NewDisposeScope();");
            new AutogradBody(code).Write(nodes);
            code.Line();
            code.Line($"return {AutogradBody.Name(network.Output)}.MoveToOuterDisposeScope();");
        }
    }
}
