using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Emitting;

/// <summary>Where processes that make an update together meet. A trainer that is one process has nothing of it.</summary>
internal static class RankEmitter
{
    /// <summary>The places of a batch's samples: of this rank's part, where there are several.</summary>
    /// <param name="samples">Those of the whole batch, in C#.</param>
    public static string Part(TrainerProgram trainer, string samples) =>
        trainer.HasRanks ? $"Ranks.PartOf({samples})" : samples;

    /// <summary>What means are over, counted over all ranks.</summary>
    /// <param name="counts">Locals and their types.</param>
    public static void WriteCounts(CodeWriter code, IEnumerable<(string Local, string Type)> counts)
    {
        foreach (var (local, type) in counts)
            code.Line(type == "Tensor" ? $"Ranks.Sum({local});" : $"{local} = Ranks.Sum({local});");
    }

    /// <summary>Behind a pass: its losses are sums over all ranks.</summary>
    public static void WriteLosses(CodeWriter code) => code.Line("_losses.Sum(Ranks);");

    /// <summary>The method of <c>Losses</c> that sums them over all ranks.</summary>
    /// <param name="results">The fields.</param>
    public static void WriteSum(CodeWriter code, IEnumerable<string> results)
    {
        code.Line();
        string values = string.Join(", ", results.Select(result => $"{result}.Own!"));
        code.Line($"internal void Sum(RankGroup ranks) => ranks.SumLosses({values});");
    }

    /// <summary>Before an update, and before anything looks at its gradient.</summary>
    public static void WriteReduction(CodeWriter code, TrainerProgram trainer, Phase phase)
    {
        foreach (var arena in phase.Arenas)
        {
            code.Line(trainer.OverlapsSum ? $"Ranks.SumRest({arena.Code});"
                : $"Ranks.{(trainer.ShardsOptimizer ? "SumShards" : "Sum")}({arena.Code}.Gradients);");
        }

        // An average without passes of its own is the same on all ranks.
        var measuring = trainer.Players.Where(player => player.IsKept && player.Network is not { Buffers.Count: 0 }
            && player.Origin is not Origin.Average { Trains: false }).Select(player => player.Field).ToList();
        if (measuring.Count > 0) code.Line($"Ranks.AverageStatistics({string.Join(", ", measuring)});");
    }

    /// <summary>What a rank throws inside of the result ends all ranks.</summary>
    public static IDisposable Guard(CodeWriter code) => new Failing(code, code.Block("try"));

    private sealed class Failing(CodeWriter code, IDisposable block) : IDisposable
    {
        public void Dispose()
        {
            block.Dispose();
            using (code.Block("catch (Exception failure) when (Ranks.Ends(failure))")) code.Line("throw;");
        }
    }
}
