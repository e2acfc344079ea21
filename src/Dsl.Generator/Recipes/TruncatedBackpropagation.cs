using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Recipes;

internal sealed class TruncatedBackpropagation : RecipePart<TruncatedBackpropagationAttribute>
{
    private const string States = "_carriedStates";

    public override void CheckTrainer(Bound<RecipeAttribute> declared, TrainerProgram trainer, Findings findings)
    {
        if (!trainer.CarriesStates || Obstacle(trainer) is not { } obstacle) return;
        findings.Add(Catalogue.SchemeNeeds, declared.Site, declared.Name, "one pass of the network in each step, which is made",
            obstacle, "leave one of the two out").Offer(declared.Remove());
    }

    protected override void Lower(
        TruncatedBackpropagationAttribute attribute, Bound<RecipeAttribute> declared, TrainerProgram trainer, Findings findings)
    {
        if (!trainer.Network.CarriesStates)
        {
            findings.Add(Catalogue.SchemeNeeds, declared.Site, declared.Name, "a model whose states are carried on",
                $"'{trainer.Declaration.ModelName}' starts from zeros", "write CarriesStates = true in its [Model]");
            return;
        }

        ClassOrder.Use($"StreamSampler.Of({Stream.Data.Argument}, {Stream.Data.BatchSize})", declared, trainer, findings);
        trainer.CarriesStates = true;
        trainer.KeepsOfPasses = true;
        trainer.States.Add(new StateNode(
            "carried_states", States, "the states that the next part of each stream starts from",
            $"{trainer.Model.Field}.NewStates()")
        {
            Type = "RecurrentStates",
            Members = [.. trainer.Network.CarriedSizes.Select((_, i) => ($"carried_states.{i}", $"Tensors[{i}]"))],
            Grows = true,
            Property = "CarriedStates",
        });
        trainer.EpochStarts.Add(new EpochStart("1", $"{States}.Begin({Stream.Data.BatchSize});", null));
        trainer.BeforePasses.Add((trainer.Model, $"using var carried = {States}.Into({trainer.Model.Field});"));
    }

    // What would move the states twice, or though nothing was learned.
    private static string? Obstacle(TrainerProgram trainer) =>
        trainer.HasRanks ? "each rank would have a part of the streams"
        : trainer.Accumulates ? "an update of several batches reads the streams of one after another"
        : trainer.NonFinite is not null ? "a step that is not made has moved the states, perhaps to no number"
        : trainer.Main.Place is { IsSecond: true } place ? $"[{place.Name}] asks the network twice"
        : trainer.HasSeveralPhases || trainer.Main.Each is not null || Passes(trainer) != 1 ? "a step asks the network otherwise"
        : null;

    private static int Passes(TrainerProgram trainer) => trainer.Phases.SelectMany(phase => phase.Computation.Nodes).Count(node =>
        node.Operation switch
        {
            Call call => call.Member == trainer.Model.Field,
            Ask ask => ask.Member == trainer.Model.Field,
            _ => false,
        });
}
