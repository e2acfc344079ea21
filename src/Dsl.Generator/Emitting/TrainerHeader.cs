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
        code.Remarks(Rows(trainer).Select(row => $"{row.Name,-13}  {row.Value}"), []);
    }

    /// <summary>The trainer in a few lines.</summary>
    public static IEnumerable<(string Name, string Value)> Rows(TrainerProgram trainer)
    {
        yield return ("minimise", TotalFormula.Of(trainer));
        foreach (var adapter in OwnParametersEmitter.Rows(trainer)) yield return adapter;
        foreach (var phase in trainer.Phases)
        {
            string whose = phase.Name.Length == 0 ? "" : $" of the {phase.Name}";
            yield return (
                "update" + whose, $"{phase.OptimizerName}{(phase.Clipping is { } clipping ? $", {clipping.Notation}" : "")}");
        }

        if (trainer.Accumulates) yield return ("batches", "several an update, which count as one");
        yield return ("learning rate", trainer.Schedule.Notation);
        if (trainer.Accuracy is not null) yield return ("report", "the accuracy of the step's predictions, epoch by epoch");
        if (trainer.IsEvaluated && trainer.Evaluated.Origin is Origin.Average { Trains: false })
            yield return ("evaluate", "an exponential moving average of the weights");
        if (trainer.Stopping is { } stopping)
            yield return ("stop", $"when the validation {stopping.Metric.ToString().ToLowerInvariant()} no longer improves; the best weights are restored");
        foreach (var row in NonFiniteEmitter.Rows(trainer)) yield return row;
        foreach (var kind in trainer.Phases.GroupBy(phase => phase.IsExplicit))
        {
            string whose = trainer.Phases.Select(phase => phase.IsExplicit).Distinct().Count() == 1 ? ""
                : $" of {string.Join(", ", kind.Select(phase => phase.Name.Length == 0 ? "the main descent" : $"the {phase.Name}"))}";
            yield return ("gradients" + whose, kind.Key ? "explicit: backward operations, no tape, no graph" : "autograd");
        }
    }
}
