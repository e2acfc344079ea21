using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Graph;
using Dsl.Generator.Passes;

namespace Dsl.Generator.Emitting.Blocks;

/// <summary>The statement with which a model calls one of its blocks, in each of its methods.</summary>
internal static class BlockCall
{
    /// <summary>What a run of uses is called in comments: <c>blocks 1 to 4 (WideBlock)</c>.</summary>
    public static string Section(IReadOnlyList<BlockUse> run)
    {
        string first = run[0].Block.Path, last = run[run.Count - 1].Block.Path;
        return $"{(run.Count == 1 ? $"block {first}" : $"blocks {first} {(run.Count == 2 ? "and" : "to")} {last}")} "
            + $"({run[0].Block.Name})";
    }

    public static void WriteInference(CodeWriter code, AutogradBody body, BlockUse use)
    {
        var results = use.InferenceOutputs.Select(body.NameOf).ToList();
        string target = results.Count == 1 ? $"var {results[0]}" : $"var ({string.Join(", ", results)})";
        code.Assign(target, $"{BlockPlan.Property(use)}.forward({string.Join(", ", use.InferenceInputs.Select(body.NameOf))})",
            Shapes(use.InferenceOutputs));
    }

    /// <param name="saved">Members of the model's tape for what the block does not keep itself.</param>
    public static void WriteForward(CodeWriter code, ExplicitBody body, BlockUse use, IReadOnlyDictionary<Value, string> saved)
    {
        string property = BlockPlan.Property(use);
        string call = $"{property}.Forward({string.Concat(use.Inputs.Select(value => body.Name(value) + ", "))}tape.{property})";
        bool IsKept(Value value) => saved.ContainsKey(value) && !use.Owned.Contains(value);
        if (use.Outputs.Count == 1 && IsKept(use.Outputs[0])) call = $"{saved[use.Outputs[0]]} = {call}";
        code.Assign(Targets(use.Outputs, body), call, Shapes(use.Outputs));
        if (use.Outputs.Count == 1) return;
        foreach (var value in use.Outputs.Where(IsKept)) code.Line($"{saved[value]} = {body.Name(value)};");
    }

    /// <param name="memory">When tensors are freed: what the block was given to read again is freed behind the call.</param>
    public static void WriteBackward(CodeWriter code, ExplicitBody body, BlockUse use, PlanMemory memory)
    {
        string property = BlockPlan.Property(use);
        string call =
            $"{property}.Backward(tape.{property}{string.Concat(use.OutputGradients.Select(value => $", {body.Name(value)}"))})";
        if (use.InputGradients.Count == 0) code.Line($"{call};");
        else code.Assign(Targets(use.InputGradients, body), call, Shapes(use.InputGradients));
        body.Free(use.Backward.SelectMany(memory.FreedAfter).Where(use.Borrowed.Contains));
    }

    private static string Targets(IReadOnlyList<Value> values, ExplicitBody body)
    {
        var targets = values.Select(value => $"Tensor {body.Name(value)}").ToList();
        return targets.Count == 1 ? targets[0] : $"({string.Join(", ", targets)})";
    }

    private static string Shapes(IReadOnlyList<Value> values) => string.Join(", ", values.Select(value => value.Shape));
}
