using System.Linq;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Emitting;

/// <summary>Gradients that are taken elsewhere than at the present parameters.</summary>
internal static class PlaceEmitter
{
    private const string Here = "ComputeGradientsInPlace";

    /// <summary>Writes the public method, which moves the parameters and puts them back, and gives the head of the one that
    /// computes.</summary>
    /// <param name="head">The public method's.</param>
    public static string Write(CodeWriter code, TrainerProgram trainer, Phase phase, GradientPlace place, string head)
    {
        string arguments = $"batch, draws{(trainer.TakesParts ? ", counts" : "")}";
        using (code.Block(head))
        {
            code.Line(TrainerState.Guard);
            code.Line($"// {place.Comment}");
            if (phase.BeforeUpdate.Count > 0)
            {
                using (code.Block("using (no_grad())"))
                    foreach (string line in phase.BeforeUpdate) code.Line(line);
                code.Line();
            }

            code.Line($"using var place = new GradientPlace({string.Join(", ", phase.Arenas.Select(arena => arena.Code))});");
            if (place.IsSecond) WriteSecond(code, trainer, place, arguments);
            else WriteMoved(code, place, arguments);
        }

        code.Line();
        code.Line("// The losses where the parameters are now, and their gradient.");
        return head.Replace("public Losses ComputeGradients(", $"private Losses {Here}(");
    }

    private static void WriteMoved(CodeWriter code, GradientPlace place, string arguments)
    {
        foreach (string line in place.Move) code.Line(line);
        code.Line($"return {Here}({arguments});");
    }

    private static void WriteSecond(CodeWriter code, TrainerProgram trainer, GradientPlace place, string arguments)
    {
        code.Line($"Losses losses = {Here}({arguments});");
        code.Line("_losses = default;");
        foreach (string line in place.Move) code.Line(line);
        string call = $"{Here}({arguments})";
        foreach (var player in trainer.Players.Where(player => player.IsKept && player.Network is { Buffers.Count: > 0 }
            && player.Origin is not Origin.Average { Trains: false }))
            call = $"KeptStatistics.During({player.Field}, () => {call})";
        code.Line($"{call}.Dispose();");
        code.Line("return _losses = losses;");
    }
}
