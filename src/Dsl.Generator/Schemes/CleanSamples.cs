using System.Collections.Generic;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schemes;

/// <summary>What schemes have in common that judge samples by others whose labels are right.</summary>
internal static class CleanSamples
{
    public static readonly ExplainedSymbol[] Symbols =
    [
        new("ℓ", "the cross-entropy of each sample", null, null),
        new("w", "what each sample counts, held constant", null, null),
    ];

    public static void CheckNetwork(Bound<SchemeAttribute> declared, LearnedNetwork network, Findings findings)
    {
        if (StepContext.ObstacleAtOtherParameters(network.Network) is not { } obstacle) return;
        findings.Add(Catalogue.SchemeNeeds, declared.Site, network.Site, declared.Name,
            "a network that is a function of its parameters and its input", $"'{network.Name}' {obstacle}",
            "leave that out, or use [LayerNorm] or [GroupNorm]");
    }

    /// <summary>The labels of the batch, [N].</summary>
    public static Value Labels(StepContext step)
    {
        TensorType logits = step.TypeOf(null);
        Shape labels = logits.Shape.Without(1);
        return step.ReadLabel(
            new TensorType(labels, ElementType.Int64), $"Labels {labels}, int64", (int)logits.Shape[1].Factor);
    }

    /// <summary>The mean cross-entropy of the clean samples at other parameters.</summary>
    public static Value Loss(StepContext step, Value parameters)
    {
        Value output = step.CallAt(step.Model, parameters, step.CleanInput, "cleanOutput");
        Value label = step.CleanLabel((int)step.TypeOf(null).Shape[1].Factor);
        return step.Computation.Add(new Mean(), "cleanLoss", step.CrossEntropies("cleanLosses", output, label));
    }

    /// <summary>Parameters after a step of gradient descent.</summary>
    public static Value Descend(StepContext step, Value parameters, Value gradient, Scalar rate) => step.Computation.Add(
        new Subtract(), "adapted", parameters, step.Computation.Add(new Scale(rate), "innerStep", gradient));
}
