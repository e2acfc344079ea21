using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Graph;
using Dsl.Generator.Passes;
using Dsl.Generator.Schedules;

namespace Dsl.Generator.Emitting.Blocks;

/// <summary>The members of a block's class, as one use of the block would have them.</summary>
internal static class BlockText
{
    /// <summary>What stands for the name of the class, which is not known yet.</summary>
    public const string ClassName = "§";

    /// <param name="plan">The memory of <c>Forward</c> and of <c>Backward</c>; null where there is no such pair.</param>
    public static IReadOnlyList<CodeEntry> Of(BlockUse use, BlockScope scope, (PlanMemory Forward, PlanMemory Backward)? plan)
    {
        var code = new RecordedCode();
        WriteState(code, use, scope);
        WriteInference(code, use, scope);
        if (plan is { } memory)
        {
            WriteTape(code, use, scope, memory.Backward);
            WriteForward(code, use, scope, memory.Forward);
            WriteBackward(code, use, scope, memory.Backward);
            WriteGradients(code, use, scope);
        }

        return code.Entries;
    }

    private static void WriteState(CodeWriter code, BlockUse use, BlockScope scope)
    {
        string Name(string name) => name.Substring(use.Block.Path.Length);
        foreach (var parameter in use.Parameters)
            StateCode.WriteProperty(code, parameter, scope.Member(parameter.Member), Name(parameter.Name).Substring(1));
        foreach (var buffer in use.Buffers)
            StateCode.WriteProperty(code, buffer, scope.Member(buffer.Member), Name(buffer.Name).Substring(1));
        var nodes = use.Inference.Concat(use.Forward).ToList();
        if (use.Inference.Any(node => node.Operation.Autograd(new Spelling(node, scope.NameOf)).Contains("training")))
        {
            code.Line();
            code.Line("private bool training => model.training;");
        }

        if (nodes.Any(node => node.Operation.ReadsDropoutStream))
            code.Line("private Generator? DropoutStream => model.DropoutStream;");
        if (use.Parameters.Count + use.Buffers.Count == 0) return;
        code.Line();
        using (code.Block("internal void Bind(NetworkState state)"))
        {
            foreach (var parameter in use.Parameters)
                code.Line(StateCode.Bind(parameter, scope.Member(parameter.Member), $"path + \"{Name(parameter.Name)}\""));
            foreach (var buffer in use.Buffers)
                code.Line(StateCode.Bind(buffer, scope.Member(buffer.Member), $"path + \"{Name(buffer.Name)}\""));
            if (HasGradients(use)) code.Line("_gradients = null;");
        }

        if (use.Parameters.Count == 0) return;
        code.Line();
        using (code.Block("internal void Initialize(Generator? generator)"))
            foreach (var parameter in use.Parameters)
                InitializationEmitter.Write(code, parameter, scope.Member(parameter.Member));
    }

    private static void WriteInference(CodeWriter code, BlockUse use, BlockScope scope)
    {
        code.Line();
        using (code.Block($"internal {ResultType(use.InferenceOutputs)} forward({Parameters(use.InferenceInputs, scope)})"))
        {
            var body = new AutogradBody(code, scope.Names, scope);
            body.Write(use.Inference);
            code.Line($"return {Tuple(use.InferenceOutputs.Select(body.NameOf))};");
        }
    }

    private static void WriteTape(CodeWriter code, BlockUse use, BlockScope scope, PlanMemory memory)
    {
        code.Line();
        code.Summary("What <c>Forward</c> saves for <c>Backward</c>.");
        using (code.Block("public sealed class Tape : IDisposable"))
        {
            foreach (var value in use.Borrowed) code.Line($"public Tensor {scope.TapeMember(value)} {{ get; internal set; }} = "
                + $"null!;  // {value.Remark}, the caller's");
            foreach (var value in use.Owned) code.Line($"public Tensor {scope.TapeMember(value)} {{ get; internal set; }} = "
                + $"null!;  // {value.Remark}");
            code.Line();
            using (code.Block("public void Dispose()"))
                code.Statements(use.Owned.Select(value => $"{scope.TapeMember(value)}?.{memory.Ending(value)}();"));
        }
    }

    private static void WriteForward(CodeWriter code, BlockUse use, BlockScope scope, PlanMemory memory)
    {
        code.Line();
        using (code.Block($"internal {ResultType(use.Outputs)} Forward({Parameters([.. use.Inputs], scope)}, Tape tape)"))
        {
            foreach (var value in use.Borrowed) code.Line($"tape.{scope.TapeMember(value)} = {scope.Names[value]};");
            var saved = use.Owned.ToDictionary(value => value, value => $"tape.{scope.TapeMember(value)}");
            var body = new ExplicitBody(code, memory, scope.Names, saved, new HashSet<Node>(), scope);
            body.Write(use.Forward);
            code.Line($"return {Tuple(use.Outputs.Select(body.Name))};");
        }
    }

    private static void WriteBackward(CodeWriter code, BlockUse use, BlockScope scope, PlanMemory memory)
    {
        code.Line();
        string type = use.InputGradients.Count == 0 ? "void" : ResultType(use.InputGradients);
        string given = string.Concat(use.OutputGradients.Select(value => $", Tensor {scope.Names[value]}"));
        using (code.Block($"internal {type} Backward(Tape tape{given})"))
        {
            if (HasGradients(use)) code.Line($"var gradients = _gradients ??= new Gradients(this, model.Arena);");
            var body = new ExplicitBody(
                code, memory, scope.BackwardNames, new Dictionary<Value, string>(), new HashSet<Node>(), scope);
            body.Write(use.Backward);
            if (use.InputGradients.Count > 0) code.Line($"return {Tuple(use.InputGradients.Select(body.Name))};");
        }
    }

    private static void WriteGradients(CodeWriter code, BlockUse use, BlockScope scope)
    {
        if (!HasGradients(use)) return;
        code.Line();
        code.Line("private Gradients? _gradients;");
        code.Line();
        using (code.Block($"private sealed class Gradients({ClassName} block, ParameterArena arena)"))
        {
            foreach (var parameter in use.Parameters.Where(parameter => !parameter.IsFrozen))
            {
                string member = scope.Member(parameter.Member);
                code.Line($"public readonly Tensor {member} = arena.GradientOf(block.{member});");
            }

            foreach (var rows in use.Rows)
            {
                code.Line($"public readonly Tensor {scope.Member(rows.Member)} = "
                    + $"arena.GradientOfRows(block.{scope.Member(rows.Parameter.Member)}, "
                    + $"{Spelling.Join(rows.Start, rows.Length)});");
            }
        }
    }

    private static bool HasGradients(BlockUse use) =>
        use.Backward.Count > 0 && use.Parameters.Any(parameter => !parameter.IsFrozen);

    private static string Parameters(IReadOnlyList<Value> values, BlockScope scope) =>
        string.Join(", ", values.Select(value => $"Tensor {scope.Names[value]}"));

    private static string ResultType(IReadOnlyList<Value> values) =>
        values.Count == 1 ? "Tensor" : $"({string.Join(", ", values.Select(_ => "Tensor"))})";

    private static string Tuple(IEnumerable<string> names) => NetworkSignature.Tuple([.. names]);
}
