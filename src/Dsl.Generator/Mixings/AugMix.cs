using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Declarations;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Mixings;

internal sealed class AugMix : Mixing
{
    private const int KnownOperations = 9;

    // What is drawn where no depth is given: 1, 2 or 3, as in the authors' code.
    private const int LargestDepth = 3;

    public override Type Attribute => typeof(AugMixAttribute);

    public override void Check(Bound<MixingAttribute> declared, MixingCheck check)
    {
        check.Images(declared);
        check.UnitRange(declared);
        check.Policy(declared, nameof(AugMixAttribute.Depth), nameof(AugMixAttribute.Severity));
    }

    public override MixedBatch Lower(Bound<MixingAttribute> declared, IReadOnlyList<Value> inputs, StepContext step)
    {
        var attribute = (AugMixAttribute)declared.Attribute;
        Scalar? severity = Policy(declared) is null ? step.Hyperparameter(attribute, nameof(attribute.Severity)) : null;
        Scalar alpha = step.Hyperparameter(attribute, nameof(attribute.Alpha));
        Value image = inputs[0];
        Value all = step.Computation.Add(new Concatenate(0), "views", image, View("First"), View("Second"));
        return new MixedBatch([all]) { Views = 3 };

        Value View(string which)
        {
            string name = "AugMix" + which, result = char.ToLowerInvariant(which[0]) + which.Substring(1) + "View";
            return Policy(declared) is { } policy ? Chains(name, result, policy)
                : Operations(name, result, which.ToLowerInvariant());
        }

        // Each chain is a view by the declared policy.
        Value Chains(string name, string result, AugmentationDeclaration policy)
        {
            List<Value> parts = [image, Weights(name), Share(name)];
            for (int chain = 1; chain <= attribute.Width; chain++) parts.Add(step.View(image, policy, $"{name}Chain{chain}"));
            return step.Computation.Add(new RuntimeFunction("AugMixing.Mix", default, image.Shape), result, [.. parts]);
        }

        Value Operations(string name, string result, string which)
        {
            long depth = attribute.Depth > 0 ? attribute.Depth : LargestDepth, operations = attribute.Width * depth;
            List<Value> draws =
            [
                image,
                step.Draw(new DrawnIntegers(name + "Operations", step.Data.Rows, operations, KnownOperations,
                    $"Operations of the chains of the {which} view, chain after chain, [N, {operations}]")),
                step.Draw(new DrawnReals(
                    name + "Levels", step.Data.Rows, operations, 0.1, severity!, $"Their strengths, [N, {operations}]")),
                step.Draw(new DrawnEvents(
                    name + "Reversed", step.Data.Rows, operations, 0.5, $"Which of them go the other way, [N, {operations}]")),
                Weights(name),
                Share(name),
            ];
            if (attribute.Depth <= 0)
                draws.Add(step.Draw(new DrawnIntegers(name + "Depths", step.Data.Rows, attribute.Width, LargestDepth,
                    $"Operations of each chain after its first, [N, {attribute.Width}]")));
            return step.Computation.Add(new RuntimeFunction("AugMixing.Apply", default, image.Shape), result, [.. draws]);
        }

        Value Weights(string name) =>
            step.Draw(new DrawnWeights(
                name + "Weights", step.Data.Rows, attribute.Width, alpha, $"Weights w of the chains, [N, {attribute.Width}]"));

        Value Share(string name) =>
            step.Draw(new DrawnBetas(name + "Share", step.Data.Rows, alpha, alpha, "Share m of the chains, [N]"));
    }

    /// <summary>The policy of the chains; null for the authors' operations.</summary>
    private static AugmentationDeclaration? Policy(Bound<MixingAttribute> declared) =>
        declared.Declaration.Types.FirstOrDefault()?.Policy;

    public override void AddTerms(Bound<MixingAttribute> declared, StepContext step)
    {
        Computation c = step.Computation;
        Value logits = step.ResultOfViews;
        Value logProbabilities = c.Add(new LogSoftmax(), "viewLogProbabilities", logits);
        Value probabilities = c.Add(new Softmax(), "viewProbabilities", logits);
        Value mixture = c.Add(new DivideBy(3), "mixture", c.Add(new Sum(0), "mixtureSum", probabilities));

        // As the authors do, against the logarithm of 0.
        Value logMixture = c.Add(new Logarithm(), "logMixture", c.Add(new AtLeast(1e-7), "boundedMixture", mixture));
        Value ratio = c.Add(new Subtract(), "viewLogRatio", logProbabilities, logMixture);
        Value divergence = c.Add(
            new Sum(2), "viewDivergence", c.Add(new Multiply(), "weightedViewLogRatio", probabilities, ratio));
        Value mean = step.Mean("jensenShannon", divergence);
        Scalar weight = step.Hyperparameter(declared.Attribute, nameof(AugMixAttribute.Weight));
        step.AddTerm(new Term("JensenShannon", mean, weight, "JS(softmax(z), softmax(z′), softmax(z″))")
        {
            Symbols = [new("z′", "the network's outputs for a mixed view", null, null),
                new("z″", "those for a second one", null, null)],
        });
    }
}
