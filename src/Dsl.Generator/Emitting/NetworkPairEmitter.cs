using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Passes;

namespace Dsl.Generator.Emitting;

/// <summary>The training pair of a model: the tape, <c>Forward</c> and <c>Backward</c> over aten operations.</summary>
internal static class NetworkPairEmitter
{
    public static void Write(CodeWriter code, NetworkProgram network, NetworkPair pair)
    {
        WriteTape(code, network, pair);
        WriteForward(code, network, pair);
        WriteBackward(code, network, pair);
    }

    private static void WriteTape(CodeWriter code, NetworkProgram network, NetworkPair pair)
    {
        var owned = pair.Saved.Where(value => value != network.Input).ToList();
        code.Line();
        code.Summary("What <c>Forward</c> saves for <c>Backward</c>.");
        using (code.Block("public sealed class Tape : IDisposable"))
        {
            foreach (var value in pair.Saved)
            {
                code.Summary($"{value.Shape}{(value == network.Input ? ", the caller's" : "")}.");
                code.Line($"public Tensor {NetworkPair.TapeMember(value)} {{ get; internal set; }} = null!;");
                code.Line();
            }

            code.Summary("Frees what is saved. A tape can be used again.");
            using (code.Block("public void Dispose()"))
                foreach (var value in owned) code.Line($"{NetworkPair.TapeMember(value)}?.Dispose();");
        }
    }

    private static void WriteForward(CodeWriter code, NetworkProgram network, NetworkPair pair)
    {
        var saved = pair.Saved.ToDictionary(value => value, value => $"tape.{NetworkPair.TapeMember(value)}");
        var plan = new PlanMemory(pair.Forward, [.. pair.Saved, network.Output], []);
        code.Line();
        code.Summary($"The output {network.Output.Shape} in training mode; saves what <c>Backward</c> needs.");
        using (code.Block("public Tensor Forward(Tensor input, Tape tape)"))
        {
            code.Line("using var noAutograd = Aten.NoAutograd();");
            code.Line("tape.Dispose();");
            if (saved.TryGetValue(network.Input, out string? member)) code.Line($"{member} = input;");
            var body = new ExplicitBody(code, plan, new Dictionary<Value, string>(), saved, new HashSet<Node>());
            body.Write(pair.Forward);
            code.Line();
            string output = body.Name(network.Output);

            // The tape frees what it holds, and the caller frees the output: they must not be the same wrapper.
            code.Line(saved.ContainsKey(network.Output) ? $"return Aten.alias({output});" : $"return {output};");
        }
    }

    private static void WriteBackward(CodeWriter code, NetworkProgram network, NetworkPair pair)
    {
        var names = pair.Saved.ToDictionary(value => value, value => $"tape.{NetworkPair.TapeMember(value)}");
        var owned = pair.Saved.Where(value => value != network.Input).ToList();
        var nodes = pair.ParameterPart.Concat(pair.InputPart).ToList();
        var plan = new PlanMemory(nodes, [pair.InputGradient], owned);
        code.Line();
        code.Summary("Adds the parameters' gradients to <c>Arena.Gradients</c> and frees what the tape saved.");
        code.Line("/// <param name=\"tape\">What the matching <c>Forward</c> saved.</param>");
        code.Line($"/// <param name=\"outputGradient\">Gradient of the output, {network.Output.Shape}.</param>");
        code.Line("/// <param name=\"inputGradient\">Whether to compute the gradient of the input too.</param>");
        code.Line($"/// <returns>The gradient of the input, {network.Input.Shape}, when it was asked for.</returns>");
        using (code.Block("public Tensor? Backward(Tape tape, Tensor outputGradient, bool inputGradient = false)"))
        {
            code.Line("using var noAutograd = Aten.NoAutograd();");
            if (network.Parameters.Count > 0) code.Line("var gradients = _gradients ??= new ParameterGradients(Arena);");
            var body = new ExplicitBody(code, plan, names, new Dictionary<Value, string>(), new HashSet<Node>());
            body.Write(pair.ParameterPart);
            code.Line();
            using (code.Block("if (!inputGradient)"))
            {
                code.Line("tape.Dispose();");
                body.Free(Pending(pair));
                code.Line("return null;");
            }

            code.Line();
            body.Write(pair.InputPart);
            code.Line();
            code.Line("tape.Dispose();");
            code.Line(pair.InputGradient.Producer.Operation.IsLeaf ? $"return Aten.alias({body.Name(pair.InputGradient)});" : $"return {body.Name(pair.InputGradient)};");
        }
    }

    /// <summary>Gradients that only the input's gradient would have read.</summary>
    private static IEnumerable<Value> Pending(NetworkPair pair)
    {
        var made = new HashSet<Value>(pair.ParameterPart.SelectMany(node => node.Outputs));
        return pair.InputPart.SelectMany(node => node.Inputs).Append(pair.InputGradient).Where(made.Contains).Distinct();
    }
}
