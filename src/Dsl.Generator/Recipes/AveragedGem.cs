using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Recipes;

internal sealed class AveragedGem : RememberedSamples<AveragedGemAttribute>
{
    private const string Property = "Memory", Projection = "_projection";

    protected override void Lower(
        AveragedGemAttribute attribute, Bound<RecipeAttribute> declared, TrainerProgram trainer, Findings findings)
    {
        if (Parts(declared, trainer, findings) is not { } parts) return;
        string? obstacle = trainer.HasSeveralPhases || trainer.Main.Each is not null ? "a step has more than one descent"
            : trainer.States.Any(state => state.Rows is not null || state.Waits)
                ? "the trainer keeps something of each sample, and would keep it twice" : null;
        if (obstacle is not null)
        {
            findings.Add(Catalogue.SchemeNeeds, declared.Site, declared.Name, "a second gradient in each step", obstacle,
                "remove one of the two").Offer(declared.Remove());
            return;
        }

        Scalar perStep = PerStep(
            trainer, attribute, attribute.PerStep, nameof(attribute.PerStep), "AveragedGemPerStep");
        string state = Field(Property);
        trainer.States.Add(Reservoir("memory", Property, attribute.Capacity, parts, trainer));
        trainer.States.Add(new StateNode("projection", Projection, "the gradient of remembered samples",
            $"new GradientProjection({string.Join(", ", trainer.Main.Arenas.Select(arena => arena.Code))})")
        {
            Type = "GradientProjection",
            Property = "Projection",
            IsDeclared = true,
        });
        string At(string part) =>
            $"DataTransfer.To({state}.{part}({perStep.Code}, Seed, StepCount), _device)";
        trainer.Main.Remembered = new GradientMemory(
            declared.Name, declared.Site, $"{state}.Count > 0 && {perStep.Code} > 0",
            [.. trainer.Fields.Select(field => At(field.IsLabel ? "DrawLabels" : "DrawInputs"))],
            $"{Projection}.Keep();", $"{Projection}.Project();");
        trainer.Remarks.Add((
            "memory", $"no step works against samples of ended tasks, from a reservoir of {attribute.Capacity}"));
        Tasks.AtEnd(trainer, new TaskEnd($"{state}.Add(data, Seed);", "samples of it are kept") { ReadsLabels = true });
    }
}
