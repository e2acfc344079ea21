using System.Linq;
using Dsl.Generator.Graph;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Emitting;

/// <summary>What <c>Fit</c> does at the start of epochs, beside its steps.</summary>
internal static class EpochStartEmitter
{
    /// <summary>In the loop, before a batch is read.</summary>
    public static void WriteCall(CodeWriter code, TrainerProgram trainer)
    {
        if (trainer.EpochStarts.Count > 0) code.Line("if (StepCount % StepsPerEpoch == 0) StartEpoch(data);");
    }

    public static void Write(CodeWriter code, TrainerProgram trainer)
    {
        if (trainer.EpochStarts.Count == 0) return;
        code.Line();
        string source = trainer.Fields.Any(field => field.IsLabel) ? "ILabeledDataSource" : "IDataSource";
        using (code.Block($"private void StartEpoch({source} data)"))
        {
            foreach (var start in trainer.EpochStarts)
            {
                using (code.Block($"if (StepCount / StepsPerEpoch % {start.Every} == 0)"))
                {
                    code.Line(start.Statement);
                    if (start.Fresh is { } player) WriteFresh(code, trainer, player);
                }
            }
        }
    }

    private static void WriteFresh(CodeWriter code, TrainerProgram trainer, Player player)
    {
        code.Line($"using var stream = new RandomStream(Seed, \"{player.Name}\");");
        code.Line($"using var fresh = new {player.Type}(stream.At(StepCount)).to(_device, {trainer.Model.Arena}.Values.dtype);");
        code.Line("using var noGrad = no_grad();");
        code.Line($"{player.Arena}.Values.copy_(fresh.Arena.Values);");
        foreach (var phase in trainer.Phases.Where(phase => phase.Learners.Contains(player)))
        {
            var arena = phase.Arenas.First(arena => arena.Code == player.Arena);
            foreach (var vector in phase.Update.AllState)
                code.Line($"Aten.fill_({arena.Field(vector)}, {Scalar.Literal(vector.Initial)});");
        }
    }
}
