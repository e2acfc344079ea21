using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Passes;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Recipes;

/// <summary>A rule for the gradients of several objectives by the parameters that they share.</summary>
internal abstract class TaskGradientPart<TAttribute> : RecipePart<TAttribute>
    where TAttribute : RecipeAttribute
{
    /// <summary>The field of what keeps the gradients.</summary>
    protected const string State = "_taskGradients";

    public override string AutogradReason => "takes the gradient of each objective apart";

    protected sealed override void Lower(
        TAttribute attribute, Bound<RecipeAttribute> declared, TrainerProgram trainer, Findings findings)
    {
        var phase = trainer.Main;
        var tasks = phase.Terms.Where(term => term.IsObjective).ToList();
        if (tasks.Count < 2)
        {
            findings.Add(Catalogue.NothingToWeigh, declared.Site, declared.Name, trainer.Declaration.Type.Name)
                .Offer(declared.Remove());
            return;
        }

        string? obstacle = trainer.Accumulates ? "an update has several batches"
            : trainer.HasRanks ? "several processes make an update, each of samples of its own"
            : trainer.HasSeveralPhases ? "a step has several descents"
            : phase.Each is not null ? "a step takes its rows one by one"
            : phase.Combination is { } other ? $"[{other.Name}] puts them together"
            : trainer.Network.IsOpaque ? $"the layers of '{trainer.Declaration.ModelName}' are not known" : null;
        if (obstacle is not null)
        {
            findings.Add(Catalogue.SchemeNeeds, declared.Site, declared.Name, "the gradients of one batch to itself", obstacle,
                "remove one of the two").Offer(declared.Remove());
            return;
        }

        var reached = tasks.Select(term => GradientFlow.Parameters(trainer, trainer.Model, term.Loss)
            .Where(parameter => !parameter.IsFrozen).ToList()).ToList();
        var shared = reached.Aggregate((all, own) => all.Where(own.Contains).ToList());
        if (shared.Count == 0)
        {
            findings.Add(Catalogue.NothingShared, declared.Site, declared.Name, trainer.Declaration.ModelName)
                .Offer(declared.Remove());
            return;
        }

        Lower(attribute, declared, tasks, shared, trainer, findings);
    }

    /// <param name="tasks">The objectives, two or more.</param>
    /// <param name="shared">The parameters that all of them share, in the order in which the network reads them.</param>
    protected abstract void Lower(
        TAttribute attribute, Bound<RecipeAttribute> declared, IReadOnlyList<Term> tasks,
        IReadOnlyList<NetworkParameter> shared, TrainerProgram trainer, Findings findings);

    /// <summary>What keeps the gradients, made by the trainer's constructor.</summary>
    /// <param name="own">Arguments before the shared parts, each with a comma behind it.</param>
    protected static StateNode Gradients(
        string type, IReadOnlyList<Term> tasks, IReadOnlyList<ArenaSegment> parts, TrainerProgram trainer, string own = "")
    {
        string names = string.Join(", ", tasks.Select(term => BoundFixes.Quoted(term.Name)));
        string arenas = string.Join(", ", trainer.Main.Arenas.Select(arena => arena.Code));
        string shared = string.Join(", ", parts.Select(part => $"({part.Offset}, {part.Length})"));
        return new StateNode(
            "taskGradients", State, "the objectives' gradients", $"new {type}([{names}], [{arenas}], {own}{shared})")
        {
            Type = type,
            Property = "TaskGradients",
            IsDeclared = true,
        };
    }

    /// <summary>Where the parameters lie, neighbours in one part.</summary>
    protected static IReadOnlyList<ArenaSegment> Parts(IEnumerable<NetworkParameter> parameters, ArenaLayout layout)
    {
        var parts = new List<ArenaSegment>();
        foreach (var part in parameters.Select(layout.SegmentOf).OrderBy(part => part.Offset))
        {
            if (parts.Count > 0 && parts[parts.Count - 1] is var last && last.Offset + last.Length == part.Offset)
                parts[parts.Count - 1] = new ArenaSegment(last.Offset, last.Length + part.Length);
            else
                parts.Add(part);
        }

        return parts;
    }
}
