using Dsl.Generator.Checking;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;

namespace Dsl.Generator.Recipes;

internal sealed class WeightAverage : RecipePart<WeightAverageAttribute>
{
    protected override void Lower(WeightAverageAttribute average, Bound<RecipeAttribute> declared, TrainerProgram trainer, Findings findings)
    {
        if (trainer.KeepsTeacher)
        {
            findings.Add(Catalogue.TwoAverages, declared.Site, trainer.Declaration.Type.Name).Offer(declared.Remove());
            return;
        }

        trainer.AveragesWeights = true;
        Scalar decay = Recipe.Add(trainer, average, nameof(average.Decay), "WeightAverageDecay");
        if (average.Warmup)
        {
            trainer.StepFunctions.Add(new StepFunction("WeightAverageDecayAt", "Decay of the weights' average after an update.",
                ["// After update k = step + 1 the first terms weigh alike: 1 − 1/(k + 1).", $"return Math.Min(1 - 1.0 / (step + 2), {decay.Code});"]));
            decay = new Scalar.Named("WeightAverageDecayAt(StepCount)");
        }

        trainer.AfterUpdate.AddEffect(new AverageParameters("_average", "_model", decay));
        if (trainer.Network.Buffers.Count > 0) trainer.AfterUpdate.AddEffect(new CopyBuffers("_average", "_model"));
    }
}
