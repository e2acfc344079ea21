using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Graph;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Emitting;

/// <summary>The tensors of a trainer that outlive a step: field, creation, end, part of a checkpoint.</summary>
internal static class StateEmitter
{
    public static void WriteFields(CodeWriter code, TrainerProgram trainer)
    {
        foreach (var state in trainer.States)
            code.Line($"private readonly {state.Type} {state.Field};  // {state.Summary}");
    }

    public static void WriteCreation(CodeWriter code, TrainerProgram trainer)
    {
        foreach (var state in trainer.States)
        {
            code.Line($"{state.Field} = Own({state.Creation});");
            if (state.Initial != 0) code.Line($"Aten.fill_({state.Field}, {Scalar.Literal(state.Initial)});");
        }
    }

    /// <summary>At the start of <c>Fit</c>: a row for each sample of a stream.</summary>
    public static void WriteFitStart(CodeWriter code, TrainerProgram trainer)
    {
        foreach (var state in trainer.States.Where(state => state.Rows is not null))
            code.Line($"{state.Field}.Require({state.Rows!.Argument}.Count);");
    }

    /// <summary>The method that says how many samples there are to users who call <c>Step</c> themselves.</summary>
    public static void WriteMembers(CodeWriter code, TrainerProgram trainer)
    {
        foreach (var state in trainer.States.Where(state => state.Property is not null))
        {
            code.Line();
            code.Summary($"{char.ToUpperInvariant(state.Summary[0])}{state.Summary.Substring(1)}.");
            code.Line($"public {state.Type} {state.Property} => {state.Field};");
        }

        foreach (var rows in trainer.States.Where(state => state.Rows is not null).GroupBy(state => state.Rows!))
        {
            code.Line();
            code.Summary(
                $"Says how many samples the {rows.Key.Argument} data have, of each of which something is kept. <c>Fit</c> and "
                + "<c>Resume</c> do it; "
                + "do it yourself before the first <c>Step</c> of your own.");
            code.Line("/// <param name=\"samples\">How many.</param>");
            using (code.Block($"public void Use{rows.Key.Name}Samples(long samples)"))
            {
                code.Line(TrainerState.Guard);
                foreach (var state in rows) code.Line($"{state.Field}.Require(samples);");
            }
        }
    }

    /// <summary>At the start of <c>Resume</c>: as many rows as were saved.</summary>
    public static void WriteResumeStart(CodeWriter code, TrainerProgram trainer)
    {
        foreach (var state in trainer.States.Where(state => state.Rows is not null))
            code.Line($"{state.Field}.Require(Checkpoint.Rows(path, \"{state.Name}\"));");
        foreach (var state in trainer.States.Where(state => state.Grows))
            code.Line($"{state.Field}.MakeRoom(path, \"{state.Name}\");");
    }

    /// <summary>Whether how large a state is is known of a checkpoint alone.</summary>
    public static bool NeedsRoom(TrainerProgram trainer) =>
        trainer.States.Any(state => state.Rows is not null || state.Grows);

    /// <summary>Where an update is not made: what waits for it is forgotten.</summary>
    public static void WriteDrop(CodeWriter code, TrainerProgram trainer)
    {
        foreach (var state in trainer.States.Where(state => state.Waits)) code.Line($"{state.Field}.Drop();");
    }

    public static void WriteState(CodeWriter code, TrainerProgram trainer)
    {
        foreach (var (name, value) in trainer.States.SelectMany(state => state.Saved))
            code.Line($"state.Add(\"{name}\", {value});");
    }
}
