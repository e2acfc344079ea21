using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Recipes;

/// <summary>Samples of ended tasks that are kept for later steps.</summary>
internal abstract class RememberedSamples<TAttribute> : RecipePart<TAttribute>
    where TAttribute : RecipeAttribute
{
    public override bool HasOneStream => true;

    public override void CheckLabels(Bound<RecipeAttribute> declared, LabelKind kind, Findings findings)
    {
        if (kind != LabelKind.None) return;
        findings.Add(Catalogue.SchemeNeeds, declared.Site, declared.Name, "an objective with labels", "no objective reads any",
            "add one, such as [CrossEntropy]").Offer(declared.Remove());
    }

    /// <summary>The two parts of a batch, or a finding where it has others.</summary>
    protected static (Field Input, Field Label)? Parts(
        Bound<RecipeAttribute> declared, TrainerProgram trainer, Findings findings)
    {
        var input = trainer.Fields.FirstOrDefault(field => field.Stream == Stream.Data && field.Name == "Input");
        var label = trainer.Fields.FirstOrDefault(field => field.IsLabel);
        string? obstacle = trainer.Accumulates ? "an update has several batches"
            : trainer.HasRanks ? "several processes make an update, each of samples of its own"
            : trainer.Streams.FirstOrDefault(stream => stream != Stream.Data) is { } other
                ? $"the trainer reads {other.Name.ToLowerInvariant()} samples beside the data"
            : trainer.Fields.FirstOrDefault(field => field != input && field != label) is { } further
                ? $"the trainer reads {further.Name} of each sample, which the reservoir does not keep"
            : new[] { input, label }.FirstOrDefault(field => field?.Type.Shape.Dims.Skip(1).Any(dim => !dim.IsKnown) == true)
                is { } unknown ? $"the sizes of {unknown.Type.Shape} are not known"
            : null;
        if (obstacle is null && input is not null && label is not null) return (input, label);
        findings.Add(Catalogue.SchemeNeeds, declared.Site, declared.Name, "batches of inputs and labels alone",
            obstacle ?? "the trainer reads others", "remove one of the two").Offer(declared.Remove());
        return null;
    }

    /// <summary>The reservoir that keeps them.</summary>
    /// <param name="name">Its name in checkpoints.</param>
    /// <param name="property">Its name in generated code.</param>
    protected static StateNode Reservoir(
        string name, string property, int capacity, (Field Input, Field Label) parts, TrainerProgram trainer) =>
        new(name, Field(property), "samples of the tasks that have ended",
            $"new Reservoir({capacity}, {Type(trainer, parts.Input.Type)}, [{Sizes(parts.Input.Type)}], "
            + $"{Type(trainer, parts.Label.Type)}, [{Sizes(parts.Label.Type)}])")
        {
            Type = "Reservoir",
            Members = [(name + ".inputs", "Inputs"), (name + ".labels", "Labels"), (name + ".offered", "Offered")],
            Property = property,
        };

    /// <summary>How many of them a step sees: as many as a batch has where the declaration says 0.</summary>
    protected static Scalar PerStep(TrainerProgram trainer, TAttribute attribute, int declared, string property, string name) =>
        Hyperparameters.Add(trainer, attribute, property, name, given: declared == 0 ? BatchSizeOf(trainer) : declared);

    protected static string Field(string property) => "_" + char.ToLowerInvariant(property[0]) + property.Substring(1);

    private static int BatchSizeOf(TrainerProgram trainer) =>
        int.Parse(trainer.Hyperparameters.First(known => known.Name == "BatchSize").Value);

    private static string Sizes(TensorType type) => string.Join(", ", type.Shape.Dims.Skip(1));

    private static string Type(TrainerProgram trainer, TensorType type) =>
        type.Element == ElementType.Int64 ? "ScalarType.Int64" : $"{trainer.Model.Arena}.Values.dtype";
}
