using System.Linq;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Emitting;

/// <summary>The tensors of a trainer that outlive a step: field, creation, end, part of a checkpoint.</summary>
internal static class StateEmitter
{
    public static void WriteFields(CodeWriter code, TrainerProgram trainer)
    {
        foreach (var state in trainer.States)
            code.Line($"private {(state.Rows is null ? "readonly " : "")}Tensor {state.Field};  // {state.Summary}");
    }

    public static void WriteCreation(CodeWriter code, TrainerProgram trainer)
    {
        foreach (var state in trainer.States)
        {
            code.Line($"{state.Field} = {state.Creation};");
            if (state.Initial != 0) code.Line($"{state.Field}.fill_({Scalar.Literal(state.Initial)});");
        }
    }

    /// <summary>At the start of <c>Fit</c>: a row for each sample of a stream.</summary>
    public static void WriteFitStart(CodeWriter code, TrainerProgram trainer)
    {
        foreach (var state in trainer.States.Where(state => state.Rows is not null))
            code.Line($"{state.Field}.Require({state.Rows!.Argument}.Count);");
    }

    public static void WriteDispose(CodeWriter code, TrainerProgram trainer)
    {
        foreach (var state in trainer.States) code.Line($"{state.Field}.Dispose();");
    }

    public static void WriteState(CodeWriter code, TrainerProgram trainer)
    {
        foreach (var state in trainer.States) code.Line($"state.Add(\"{state.Name}\", {state.Field});");
    }
}
