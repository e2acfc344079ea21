using System.Linq;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Emitting;

/// <summary>A model that is written as methods: the bodies of those with layers, and <c>forward</c> around the user's
/// <c>Forward</c>.</summary>
internal static class MethodEmitter
{
    public static void Write(CodeWriter code, NetworkProgram network)
    {
        WriteForward(code, network);
        foreach (var method in network.Methods) WriteLayers(code, method);
    }

    private static void WriteForward(CodeWriter code, NetworkProgram network)
    {
        code.Line();
        string results = NetworkSignature.Shapes(network.Results), inputs = NetworkSignature.Shapes(network.Inputs);
        code.Summary($"The output {results} for inputs {inputs}, in the mode that the module is in.");
        using (code.Block(
            $"public override {NetworkSignature.ResultType(network)} forward({NetworkSignature.Parameters(network)})"))
        {
            code.Line("using var scope = Arena.Enter();");
            NetworkSignature.WriteRequirements(code, network);
            string[] locals = network.Results.Count == 1 ? ["output"] : network.Results.Select((_, i) => $"output{i}").ToArray();
            string target = locals.Length == 1 ? "var output" : $"var ({string.Join(", ", locals)})";
            string arguments = NetworkSignature.Arguments(network);
            if (network.Entry != network.Input)
            {
                int last = network.Computation.Nodes.ToList().IndexOf(network.Entry.Producer);
                new AutogradBody(code).Write(network.Computation.Nodes.Take(last + 1));
                code.Line();
                arguments = AutogradBody.Name(network.Entry);
            }

            code.Line($"{target} = Forward({arguments});");
            var returned = network.Results.Zip(locals, (result, local) => Moved(local, IsShared(network, result)));
            code.Line($"return {NetworkSignature.Tuple(returned.ToList())};");
        }
    }

    /// <summary>Whether a result is, or may be, an input or another result: then moving it out of the scope would take what is
    /// not ours.</summary>
    private static bool IsShared(NetworkProgram network, NetworkPort result) =>
        network.IsOpaque || result.Value.Producer.Operation is Input
            || network.Results.Count(other => other.Value == result.Value) > 1;

    private static void WriteLayers(CodeWriter code, NetworkMethod method)
    {
        string parameters = string.Join(", ", method.Parameters.Select(parameter => $"Tensor {Identifier.Escape(parameter)}"));
        code.Line();
        if (method.Body is { } layers)
            code.Line($"// {string.Join(", ", layers.Inputs.Select(input => input.Value.Shape))} to {layers.Output.Shape}.");
        using (code.Block($"{method.Modifiers} Tensor {Identifier.Escape(method.Name)}({parameters})"))
        {
            if (method.Body is not { } body)
            {
                code.Line(
                    $"throw new InvalidOperationException(\"The model was compiled without {method.Name}, which its Forward "
                    + $"does not reach.\");");
                return;
            }

            code.Line($"using var {(method.Parameters.Contains("scope") ? "layerScope" : "scope")} = NewDisposeScope();");
            new AutogradBody(code).Write(body.Computation.Nodes);
            code.Line();
            code.Line($"return {Moved(AutogradBody.Name(body.Output), body.Output.Producer.Operation.IsLeaf)};");
        }
    }

    private static string Moved(string tensor, bool isShared) =>
        $"{tensor}{(isShared ? ".alias()" : "")}.MoveToOuterDisposeScope()";
}
