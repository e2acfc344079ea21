using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Notation;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Emitting;

/// <summary>What stands at the head of a trainer's file, and what an editor shows of its class.</summary>
internal static class TrainerHeader
{
    public static IEnumerable<string> Lines(TrainerProgram trainer) =>
    [
        $"{trainer.Declaration.Type.Name} trains {trainer.Declaration.ModelName}",
        "",
        SourceFile.Origin(trainer.Declaration.Type),
    ];

    /// <summary>The class's documentation: a summary, and what the trainer does as a remark.</summary>
    public static void WriteDocumentation(CodeWriter code, TrainerProgram trainer)
    {
        code.Summary($"Trains <see cref=\"{trainer.Declaration.Model!.Type.GlobalName}\"/>.");
        var rows = Rows(trainer).ToList();
        int width = System.Math.Max(13, rows.Max(row => row.Name.Length));
        int room = LineBreaks.Width - "/// ".Length - width - 2;
        code.Remarks(rows.SelectMany(row => Broken(row.Value, room)
            .Select((part, i) => $"{(i == 0 ? row.Name : "").PadRight(width)}  {part}")), []);
    }

    /// <summary>A sum that a line has no room for, in several: each begins with a summand. Formulas are measured in bytes of
    /// UTF-8, as tools do that know of no characters.</summary>
    private static IEnumerable<string> Broken(string value, int room)
    {
        int start = 0, depth = 0, last = 0, used = 0;
        for (int i = 0; i < value.Length; i++)
        {
            depth += value[i] is '(' or '[' or '{' ? 1 : value[i] is ')' or ']' or '}' ? -1 : 0;
            used += Bytes(value[i]);
            if (used > room && last > start)
            {
                yield return value.Substring(start, last - start);
                start = last + 1;
                used = value.Skip(start).Take(i + 1 - start).Sum(Bytes);
            }

            if (depth == 0 && string.CompareOrdinal(value, i, " + ", 0, 3) == 0) last = i;
        }

        yield return value.Substring(start);
    }

    private static int Bytes(char character) => character < 0x80 ? 1 : character < 0x800 ? 2 : 3;

    /// <summary>The trainer in a few lines.</summary>
    public static IEnumerable<(string Name, string Value)> Rows(TrainerProgram trainer)
    {
        foreach (var phase in trainer.PhasesAsReported) yield return ("minimise" + Whose(phase), TotalFormula.Of(trainer, phase));
        foreach (var remark in trainer.Remarks) yield return remark;
        foreach (var adapter in OwnParametersEmitter.Rows(trainer)) yield return adapter;
        foreach (var phase in trainer.Phases)
        {
            string when = phase.Every is null ? "" : $", one in {Value(trainer, phase.Every)} steps";
            string together = phase.Learners.Count == 1 ? ""
                : $" of {string.Join(", ", phase.Learners.Select(player => player.Name))}";
            yield return ("update" + Whose(phase),
                $"{phase.OptimizerName}{together}{(phase.Clipping is { } clipping ? $", {clipping.Notation}" : "")}{when}");
        }

        if (trainer.Accumulates) yield return ("batches", "several an update, which count as one");
        if (trainer.HasRanks)
        {
            yield return ("ranks", "of MPI's processes each has its part of every batch; "
                + (trainer.ShardsOptimizer ? "each updates its shard of the parameters" : "one sum an update"));
        }

        yield return ("learning rate", trainer.Schedule.Notation);
        foreach (var report in trainer.Reports.Where(report => report.Row is not null)) yield return ("report", report.Row!);
        if (trainer.IsEvaluated && trainer.Evaluated.Origin is Origin.Average { Trains: false })
            yield return ("evaluate", "an exponential moving average of the weights");
        if (trainer.Stopping is { } stopping)
            yield return (
                "stop", $"when the validation {stopping.Metric.ToString().ToLowerInvariant()} no longer improves; the best "
                + $"weights are restored");
        foreach (var row in NonFiniteEmitter.Rows(trainer)) yield return row;
        foreach (var kind in trainer.Phases.GroupBy(phase => phase.IsExplicit))
        {
            string whose = trainer.Phases.Select(phase => phase.IsExplicit).Distinct().Count() == 1 ? ""
                : string.Join(",", kind.Select(Whose));
            yield return ("gradients" + whose, kind.Key ? "explicit: backward operations, no tape, no graph" : "autograd");
        }
    }

    private static string Whose(Phase phase) => phase.Name.Length == 0 ? "" : $" of the {Casing.Variable(phase.Name)}";

    private static string Value(TrainerProgram trainer, string hyperparameter) =>
        trainer.Hyperparameters.First(known => known.Name == hyperparameter).Value;
}
