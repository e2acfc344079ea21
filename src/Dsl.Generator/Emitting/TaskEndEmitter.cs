using System.Linq;
using Dsl.Generator.Graph;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Emitting;

/// <summary>The end of a task, behind which the next one is a run of its own.</summary>
internal static class TaskEndEmitter
{
    public static void Write(CodeWriter code, TrainerProgram trainer)
    {
        if (trainer.TaskEnds.Count == 0) return;
        string source = trainer.TaskEnds.Any(end => end.ReadsLabels) ? "ILabeledDataSource" : "IDataSource";
        code.Line();
        code.Summary(
            $"Ends a task: {string.Join("; ", trainer.TaskEnds.Select(end => end.Words))}. The next <c>Fit</c> is a run of its "
            + "own, from step 0, with an optimizer that begins anew and a seed that follows from this one's.");
        code.Line("/// <param name=\"data\">The samples of the task that ends.</param>");
        using (code.Block($"public void EndTask({source} data)"))
        {
            code.Line(TrainerState.Guard);
            code.Line("ArgumentNullException.ThrowIfNull(data);");
            foreach (string line in trainer.TaskEnds.SelectMany(end => end.Statement.Split('\n'))) code.Line(line);
            foreach (var phase in trainer.Phases)
            {
                foreach (var vector in phase.Arenas.SelectMany(arena =>
                    phase.Update.AllState.Select(vector => (Field: arena.Field(vector), vector.Initial))))
                    code.Line($"Aten.fill_({vector.Field}, {Scalar.Literal(vector.Initial)});");
            }

            if (trainer.Stopping is not null) code.Line("_best.Restart();");
            code.Line("_tasks.Add();");
            code.Line("BeginNextRun();");
        }
    }
}
