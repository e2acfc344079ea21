using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Recipes;

internal sealed class WeightAverage : RecipePart<WeightAverageAttribute>
{
    protected override void Lower(
        WeightAverageAttribute average, Bound<RecipeAttribute> declared, TrainerProgram trainer, Findings findings)
    {
        if (trainer.Evaluated.Origin is Origin.Average)
        {
            findings.Add(Catalogue.TwoAverages, declared.Site, trainer.Declaration.Type.Name).Offer(declared.Remove());
            return;
        }

        Scalar decay = Hyperparameters.Add(trainer, average, nameof(average.Decay), "WeightAverageDecay");
        if (average.Warmup) decay = Averaging.WarmedUp(trainer, "WeightAverageDecayAt", "weights'", decay);
        var player = Players.AddAverage(
            trainer, trainer.Model, "average", "The moving average of the trained network's weights, in evaluation mode",
            "the average of the network's weights", trains: false);
        trainer.Evaluated = player;
        Players.Follow(trainer.AfterUpdate, player, trainer.Model, decay);
    }
}
