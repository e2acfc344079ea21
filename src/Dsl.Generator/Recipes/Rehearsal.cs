using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Recipes;

internal sealed class Rehearsal : RememberedSamples<RehearsalAttribute>
{
    private const string Property = "Rehearsed";

    protected override void Lower(
        RehearsalAttribute attribute, Bound<RecipeAttribute> declared, TrainerProgram trainer, Findings findings)
    {
        if (Parts(declared, trainer, findings) is not { } parts) return;
        Scalar perStep = PerStep(
            trainer, attribute, attribute.PerStep, nameof(attribute.PerStep), "RehearsalPerStep");
        string state = Field(Property);
        trainer.States.Add(Reservoir("rehearsed", Property, attribute.Capacity, parts, trainer));
        var (input, label) = parts;
        Replace(input, input with { Read = $"{state}.WithInputs({input.Read}, {perStep.Code}, Seed, StepCount)" });
        Replace(label, label with { Read = $"{state}.WithLabels({label.Read}, StepCount)" });
        trainer.Remarks.Add(("rehearsal", $"samples of ended tasks behind each batch, from a reservoir of {attribute.Capacity}"));
        Tasks.AtEnd(trainer, new TaskEnd($"{state}.Add(data, Seed);", "samples of it are kept") { ReadsLabels = true });

        void Replace(Field old, Field read) => trainer.Fields[trainer.Fields.IndexOf(old)] = read;
    }
}
