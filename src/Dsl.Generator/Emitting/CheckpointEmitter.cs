using System.Linq;
using Dsl.Generator.Emitting.Datasets;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Emitting;

/// <summary>Saving and resuming: everything that outlives a step.</summary>
internal static class CheckpointEmitter
{
    public static void Write(CodeWriter code, TrainerProgram trainer)
    {
        if (StateEmitter.NeedsRoom(trainer))
        {
            code.Line();
            code.Inherited();
            using (code.Block("protected override void MakeRoom(string path)")) StateEmitter.WriteResumeStart(code, trainer);
        }

        if (trainer.NonFinite is not null || trainer.States.Any(state => state.Waits))
        {
            code.Line();
            code.Inherited();
            using (code.Block("protected override void DropGradients()"))
            {
                code.Line("base.DropGradients();");
                StateEmitter.WriteDrop(code, trainer);
                NonFiniteEmitter.WriteDrop(code, trainer);
            }
        }

        code.Line();
        code.Inherited();
        code.Line("protected override Dictionary<string, double> RecipeNumbers() => new()");
        code.Line("{");
        var numbers = trainer.Hyperparameters.Select(number => $"[nameof({number.Name})] = {number.Name},");
        code.Line("    " + string.Join(" ", numbers));
        code.Line("};");

        code.Line();
        code.Inherited();
        using (code.Block("protected override Dictionary<string, Tensor> State()"))
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
        if (trainer.Network.Dataset is { } dataset && DatasetText.Of(dataset).SharesPreprocessing)
            code.Line($"state.Add(\"preprocessing\", "
            + $"{trainer.Model.Field}.Preprocessing.State);");
        OwnParametersEmitter.WriteState(code, trainer);
        StateEmitter.WriteState(code, trainer);
    }
}
