using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Recipes;

internal sealed class ProgressiveGrowing : RecipePart<ProgressiveGrowingAttribute>
{
    private const string Begin = "StageBeginAt";

    public override bool SetsStages => true;

    public override bool ChangesSamples => true;

    public override Value See(RecipeAttribute attribute, StepContext step, Value samples)
    {
        int last = LastStage(step.Trainer);
        if (last == 0 || samples.Shape.Rank != 4) return samples;
        var shares = Enumerable.Range(1, last)
            .Select(stage => Share(step.Trainer, (ProgressiveGrowingAttribute)attribute, stage));
        return step.Computation.Add(
            new RuntimeFunction("GrowingImages.Blend", new EquatableArray<string>(shares), samples.Type), "grown", samples);
    }

    protected override void Lower(
        ProgressiveGrowingAttribute growing, Bound<RecipeAttribute> declared, TrainerProgram trainer, Findings findings)
    {
        int last = LastStage(trainer);
        if (!HasAllStages(declared, trainer, last, findings) || !Halves(declared, trainer, last, findings)) return;
        var steps = trainer.Hyperparameters.FirstOrDefault(known => known.Name == "Steps");
        long end = last * ((long)growing.Hold + growing.Fade);
        if (steps is not null && long.Parse(steps.Value, CultureInfo.InvariantCulture) < end)
        {
            findings.Add(Catalogue.NeverGrown, declared.Site, declared.Name, Number(last), Number(end), steps.Value);
            return;
        }

        string[] shares = [.. Enumerable.Range(1, last).Select(stage => Share(trainer, growing, stage))];
        foreach (var player in trainer.Players.Where(player => player.Origin is Origin.Learned or Origin.Average))
        {
            foreach (int stage in player.Network?.Stages ?? [])
                trainer.BeforePasses.Add((player, $"{player.Field}.SetStage({stage}, {shares[stage - 1]});"));
        }

        string hold = Hold(trainer, growing), each = $"((long){hold} + {Fade(trainer, growing)})";
        trainer.StepFunctions.Add(new StepFunction(Begin, "The step at which the present stage began; 0 before the first.",
        [
            $"if (step < {hold}) return 0;",
            $"return {hold} + (Math.Min((step - {hold}) / {each}, {last - 1}) * {each});",
        ]));
        foreach (var phase in trainer.Phases.Where(phase => phase.Learners.Any(learner => learner.Network!.Stages.Count > 0)))
        {
            phase.CountsFrom = $"(long){Begin}(StepCount)";
            foreach (var arena in phase.Arenas)
            {
                foreach (var vector in phase.Update.AllState)
                {
                    phase.BeforeUpdate.Add($"if ({phase.UpdateNumber} == 1) "
                        + $"Aten.fill_({arena.Field(vector)}, {Scalar.Literal(vector.Initial)});");
                }
            }
        }

        trainer.Remarks.Add(("growth", $"{last} {(last == 1 ? "stage" : "stages")}, faded in over {growing.Fade} steps, held for "
            + $"{growing.Hold}; optimizers begin anew"));
    }

    private static int LastStage(TrainerProgram trainer) =>
        trainer.Players.SelectMany(player => player.Network?.Stages ?? []).DefaultIfEmpty().Max();

    private static bool HasAllStages(
        Bound<RecipeAttribute> declared, TrainerProgram trainer, int last, Findings findings)
    {
        var learners = trainer.Phases.SelectMany(phase => phase.Learners).Distinct().ToList();
        string? wrong = learners.All(learner => learner.Network!.Stages.Count == 0)
            ? "no network that is trained has any"
            : learners.Where(learner => learner.Network!.Stages.Count > 0).SelectMany(learner => Enumerable.Range(1, last)
                .Where(stage => !learner.Network!.Stages.Contains(stage))
                .Select(stage => $"'{learner.Declaration!.Type.Name}' has none of stage {stage}")).FirstOrDefault();
        if (wrong is null) return true;
        findings.Add(
            Catalogue.StagesMissing, declared.Site, learners[0].Declaration!.Model.Site, declared.Name,
            last < 2 ? "stage 1" : $"stages 1 to {last}", wrong);
        return false;
    }

    /// <summary>Whether images of the data can be halved for each stage.</summary>
    private static bool Halves(Bound<RecipeAttribute> declared, TrainerProgram trainer, int last, Findings findings)
    {
        long whole = 1L << last;
        foreach (var field in trainer.Fields.Where(trainer.AreSamples))
        {
            Shape shape = field.Type.Shape;
            if (shape.Rank == 4 && shape.Dims.Skip(2).All(size => size.IsKnown && size.Factor % whole == 0)) continue;
            findings.Add(Catalogue.DoesNotHalve, declared.Site, (field.Reader ?? trainer.Model).Declaration!.Model.Site,
                declared.Name, Number(last), (field.Reader ?? trainer.Model).Declaration!.Type.Name, shape.ToString(),
                Number(whole));
            return false;
        }

        return true;
    }

    /// <summary>How far a stage has come in the present step, in C#.</summary>
    private static string Share(TrainerProgram trainer, ProgressiveGrowingAttribute growing, int stage)
    {
        string name = $"Stage{stage}At", hold = Hold(trainer, growing), fade = Fade(trainer, growing);
        if (trainer.StepFunctions.All(known => known.Name != name))
        {
            string begin = stage == 1 ? hold : $"{hold} + ({stage - 1} * ((long){hold} + {fade}))";
            trainer.StepFunctions.Add(new StepFunction(
                name, $"How far stage {stage} has come, in [0, 1]: evenly in the steps in which it fades in.",
                [$"return Math.Clamp((step - ({begin}) + 1) / (double){fade}, 0, 1);"]));
        }

        return $"{name}(StepCount)";
    }

    private static string Hold(TrainerProgram trainer, ProgressiveGrowingAttribute growing) =>
        Hyperparameters.Add(trainer, growing, nameof(growing.Hold), "StageHold").Code;

    private static string Fade(TrainerProgram trainer, ProgressiveGrowingAttribute growing) =>
        Hyperparameters.Add(trainer, growing, nameof(growing.Fade), "StageFade").Code;

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
