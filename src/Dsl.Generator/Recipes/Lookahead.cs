using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Recipes;

internal sealed class Lookahead : RecipePart<LookaheadAttribute>
{
    protected override void Check(LookaheadAttribute attribute, Bound<RecipeAttribute> declared, RunCheck run) =>
        run.Duration(declared, Catalogue.LimitTooLong, (nameof(attribute.K), attribute.K, RunUnit.Steps));

    protected override void Lower(
        LookaheadAttribute lookahead, Bound<RecipeAttribute> declared, TrainerProgram trainer, Findings findings)
    {
        string k = Hyperparameters.Add(trainer, lookahead, nameof(lookahead.K), "LookaheadK").Code;
        string alpha = Hyperparameters.Add(trainer, lookahead, nameof(lookahead.Alpha), "LookaheadAlpha").Code;
        var vector = new UpdateVector("slow", "slowWeights", "slow weights φ", 0);
        var phase = trainer.Main;
        foreach (var arena in phase.Arenas)
        {
            string slow = arena.Field(vector);
            trainer.States.Add(new StateNode(
                arena.Saved(vector), slow, arena.IsOfModel ? vector.Summary : $"{vector.Summary} of the {arena.Words}",
                $"NewOptimizerState({arena.Code})"));

            // A round starts at what the parameters are, be they loaded or turned back meanwhile.
            phase.BeforeUpdate.Add($"if (StepCount % {k} == 0) {slow}.copy_({arena.Code}.Trainable);");
            phase.BehindUpdate.Add($"if ((StepCount + 1) % {k} == 0 || StepCount + 1 == TotalSteps)");
            phase.BehindUpdate.Add($"    {arena.Code}.Trainable.copy_(Aten.lerp_({slow}, {arena.Code}.Trainable, {alpha}));");
        }
    }
}
