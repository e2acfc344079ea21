using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Lowering;

/// <summary>Tasks that a trainer learns one after another.</summary>
internal static class Tasks
{
    private const string Counter = "_tasks";

    /// <summary>Says in C# whether no task has ended yet.</summary>
    public const string NoneEnded = Counter + ".Count == 0";

    /// <summary>Adds what is done when a task ends. The first that is added makes a task something that ends.</summary>
    public static void AtEnd(TrainerProgram trainer, TaskEnd end)
    {
        if (trainer.TaskEnds.Count == 0)
        {
            trainer.States.Add(new StateNode("tasks", Counter, "how many tasks have ended", "new EndedTasks()")
            {
                Type = "EndedTasks",
                Members = [("tasks", "Number")],
                Property = "Tasks",
            });
        }

        trainer.TaskEnds.Add(end);
    }
}

/// <summary>What a step has of the tasks that have ended.</summary>
internal sealed partial class StepContext
{
    /// <inheritdoc cref="Tasks.AtEnd"/>
    public void AtTaskEnd(TaskEnd end) => Tasks.AtEnd(trainer, end);

    /// <summary>The trained network as it was when the last task ended, and as it began before; in evaluation mode.</summary>
    public Player NetworkOfLastTask(string name, string summary, string words)
    {
        var player = Players.AddAverage(trainer, Model, name, summary, words, trains: false);
        string buffers = Model.Network!.Buffers.Count > 0 ? $"\n{player.Field}.CopyBuffersFrom({Model.Field});" : "";
        AtTaskEnd(new TaskEnd(
            $"using (no_grad())\n    {player.Arena}.Values.copy_({Model.Arena}.Values);{buffers}",
            $"{words} becomes a copy of it"));
        return player;
    }
}
