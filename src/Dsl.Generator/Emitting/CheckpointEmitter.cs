using System.Linq;
using Dsl.Generator.Graph;

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
        code.Line($"public void Save(string path) => Checkpoint.Save(path, nameof({name}), State(), StepCount, Seed);");
        code.Line();
        code.Summary("Continues where <c>Save</c> was called: the resumed run equals the uninterrupted one.");
        code.Line("/// <param name=\"path\">A file that <c>Save</c> of a trainer of this declaration wrote.</param>");
        using (code.Block("public void Resume(string path)"))
        {
            bool startsAdapters = trainer.Adapters.Count > 0;
            code.Line($"{(startsAdapters ? "(StepCount, long seed)" : "(StepCount, Seed)")} = Checkpoint.Load(path, nameof({name}), State());");
            if (startsAdapters) code.Line("UseSeed(seed);");
        }

        code.Line();
        using (code.Block("private Dictionary<string, Tensor> State()"))
        {
            code.Line("var state = new Dictionary<string, Tensor>();");
            foreach (var (network, field) in TrainerState.Kept(trainer))
                code.Line($"foreach (var (name, value) in {field}.state_dict()) state.Add($\"{network}.{{name}}\", value);");
            foreach (var vector in trainer.Update.State) code.Line($"state.Add(\"optimizer.{vector.Name}\", {TrainerState.Field(vector.Name)});");
            AdapterEmitter.WriteState(code, trainer);
            if (trainer.Stopping is not null) code.Line("_best.AddTo(state);");
            code.Line("return state;");
        }
    }
}
