using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Objectives;

/// <summary>What objectives of objects in images have in common: labels that list them, and what makes detections of the
/// output.</summary>
/// <inheritdoc/>
internal abstract class DetectionObjective<TAttribute> : Objective<TAttribute>
    where TAttribute : TermAttribute
{
    public sealed override LabelKind Labels => LabelKind.Objects;

    public sealed override Prediction Reads => Prediction.Values;

    /// <summary>What makes detections of the output, as a property of the trainer.</summary>
    /// <param name="type">Its type, in C#.</param>
    /// <param name="made">How it is made, in C#.</param>
    /// <returns>Its name.</returns>
    protected static string Detector(Comparison compared, string type, string made)
    {
        string name = compared.Named("Detector");
        compared.Step.Trainer.Detectors.Add(new Detector(name, type, made, compared.Of));
        return name;
    }

    /// <summary>Reports updates of several batches, over whose matched rows together the loss would divide.</summary>
    /// <param name="rows">What rows of the output are called.</param>
    protected static void RefuseParts(ResultCheck result, string rows)
    {
        if (result.Parts is not { } parts) return;
        result.Report(Catalogue.SchemeNeeds, null, result.Name, "one batch for each update",
            $"[{parts}] gives several, whose {rows} are counted one batch at a time", $"remove [{parts}]");
    }

    /// <summary>The sum of all elements of each sample, [N].</summary>
    protected static Value SumsOfSamples(Computation c, string name, Value elements) =>
        c.Add(new Sum(1), name, c.Add(new Flatten(), name + "Rows", elements));
}
