using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Emitting;

/// <summary>Saving and resuming: everything that outlives a step.</summary>
internal static class CheckpointEmitter
{
    public static void Write(CodeWriter code, TrainerProgram trainer)
    {
        string name = trainer.Declaration.Type.Name;
        code.Line();
        code.Summary("Writes everything that the rest of the run depends on to a safetensors file.");
        code.Line("/// <param name=\"path\">The file; it is replaced as a whole, or not at all.</param>");
        code.Line("/// <exception cref=\"InvalidOperationException\">A gradient waits for <c>ApplyGradients</c>, "
            + "or the run has diverged.</exception>");
        using (code.Block("public void Save(string path)"))
        {
            code.Line(TrainerState.Guard);
            foreach (var arena in Arenas(trainer)) code.Line($"Checkpoint.RequireApplied({arena.Code}.Gradients);");
            code.Line($"Checkpoint.Save(path, nameof({name}), State(), StepCount, Seed, RecipeNumbers());");
        }

        code.Line();
        code.Summary("Continues where <c>Save</c> was called: the resumed run equals the uninterrupted one. "
            + "Gradients that wait are dropped.");
        code.Line("/// <param name=\"path\">A file that <c>Save</c> of a trainer of this declaration wrote.</param>");
        code.Line("/// <param name=\"withOtherNumbers\">Whether to go on with this trainer's numbers "
            + "where the file was saved with others.</param>");
        code.Line("/// <exception cref=\"InvalidOperationException\">The file was saved with other numbers; "
            + "the message lists them.</exception>");
        using (code.Block("public void Resume(string path, bool withOtherNumbers = false)"))
        {
            code.Line(TrainerState.Guard);
            bool startsAdapters = trainer.OwnParameters.Count > 0;
            StateEmitter.WriteResumeStart(code, trainer);
            code.Line($"{(startsAdapters ? "(StepCount, long seed)" : "(StepCount, Seed)")} = "
                + $"Checkpoint.Load(path, nameof({name}), State(), RecipeNumbers(), withOtherNumbers);");
            if (startsAdapters) code.Line("UseSeed(seed);");
            foreach (var arena in Arenas(trainer)) code.Line($"{arena.Code}.Gradients.zero_();");
            NonFiniteEmitter.WriteDrop(code, trainer);
        }

        code.Line();
        code.Line("private Dictionary<string, double> RecipeNumbers() => new()");
        code.Line("{");
        foreach (var parameter in trainer.Hyperparameters) code.Line($"    [nameof({parameter.Name})] = {parameter.Name},");
        code.Line("};");

        code.Line();
        using (code.Block("private Dictionary<string, Tensor> State()"))
        {
            NonFiniteEmitter.WriteState(code, trainer, WriteState);
            if (trainer.Stopping is not null) code.Line("_best.AddTo(state);");
            code.Line("return state;");
        }

        NonFiniteEmitter.WriteRunState(code, trainer, WriteState);
    }

    private static void WriteState(CodeWriter code, TrainerProgram trainer)
    {
        code.Line("var state = new Dictionary<string, Tensor>();");
        foreach (var player in trainer.Players.Where(player => player.IsKept))
            code.Line(
                $"foreach (var (name, value) in {player.Field}.state_dict()) state.Add($\"{player.Name}.{{name}}\", value);");
        if (trainer.Network.Table is not null) code.Line($"state.Add(\"preprocessing\", "
            + $"{trainer.Model.Field}.Preprocessing.State);");
        OwnParametersEmitter.WriteState(code, trainer);
        StateEmitter.WriteState(code, trainer);
    }

    private static IEnumerable<Arena> Arenas(TrainerProgram trainer) => trainer.Phases.SelectMany(phase => phase.Arenas);
}
