using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Recipes;

internal sealed class Rehearsal : RecipePart<RehearsalAttribute>
{
    private const string State = "_rehearsed";

    public override void CheckLabels(Bound<RecipeAttribute> declared, LabelKind kind, Findings findings)
    {
        if (kind != LabelKind.None) return;
        findings.Add(Catalogue.SchemeNeeds, declared.Site, declared.Name, "an objective with labels", "no objective reads any",
            "add one, such as [CrossEntropy]").Offer(declared.Remove());
    }

    protected override void Lower(
        RehearsalAttribute attribute, Bound<RecipeAttribute> declared, TrainerProgram trainer, Findings findings)
    {
        var input = trainer.Fields.FirstOrDefault(field => field.Stream == Stream.Data && field.Name == "Input");
        var label = trainer.Fields.FirstOrDefault(field => field.IsLabel);
        string? obstacle = trainer.Accumulates ? "an update has several batches"
            : trainer.Streams.FirstOrDefault(stream => stream != Stream.Data) is { } other
                ? $"the trainer reads {other.Name.ToLowerInvariant()} samples beside the data"
            : trainer.Fields.FirstOrDefault(field => field != input && field != label) is { } further
                ? $"the trainer reads {further.Name} of each sample, which the reservoir does not keep"
            : new[] { input, label }.FirstOrDefault(field => field?.Type.Shape.Dims.Skip(1).Any(dim => !dim.IsKnown) == true)
                is { } unknown ? $"the sizes of {unknown.Type.Shape} are not known"
            : null;
        if (obstacle is not null || input is null || label is null)
        {
            findings.Add(Catalogue.SchemeNeeds, declared.Site, declared.Name, "batches of inputs and labels alone",
                obstacle ?? "the trainer reads others", "remove one of the two").Offer(declared.Remove());
            return;
        }

        Scalar perStep = Hyperparameters.Add(trainer, attribute, nameof(attribute.PerStep), "RehearsalPerStep",
            given: attribute.PerStep == 0 ? BatchSizeOf(trainer) : attribute.PerStep);
        trainer.States.Add(new StateNode("rehearsed", State, "samples of the tasks that have ended",
            $"new Reservoir({attribute.Capacity}, {Type(trainer, input.Type)}, [{Sizes(input.Type)}], "
            + $"{Type(trainer, label.Type)}, [{Sizes(label.Type)}])")
        {
            Type = "Reservoir",
            Members = [("rehearsed.inputs", "Inputs"), ("rehearsed.labels", "Labels"), ("rehearsed.offered", "Offered")],
            Property = "Rehearsed",
        });
        Replace(input, input with { Read = $"{State}.WithInputs({input.Read}, {perStep.Code}, Seed, StepCount)" });
        Replace(label, label with { Read = $"{State}.WithLabels({label.Read}, StepCount)" });
        trainer.Remarks.Add(("rehearsal", $"samples of ended tasks behind each batch, from a reservoir of {attribute.Capacity}"));
        Tasks.AtEnd(trainer, new TaskEnd($"{State}.Add(data, Seed);", "samples of it are kept") { ReadsLabels = true });

        void Replace(Field old, Field read) => trainer.Fields[trainer.Fields.IndexOf(old)] = read;
    }

    private static int BatchSizeOf(TrainerProgram trainer) =>
        int.Parse(trainer.Hyperparameters.First(known => known.Name == "BatchSize").Value);

    private static string Sizes(TensorType type) => string.Join(", ", type.Shape.Dims.Skip(1));

    private static string Type(TrainerProgram trainer, TensorType type) =>
        type.Element == ElementType.Int64 ? "ScalarType.Int64" : $"{trainer.Model.Arena}.Values.dtype";
}
