using System;
using System.Linq;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;

namespace Dsl.Generator.Objectives;

/// <summary>What objectives of classes have in common: a loss for each row of logits, of which those without a label count
/// nothing.</summary>
internal static class ClassRows
{
    /// <summary>How an attribute reduces, as an operation spells it.</summary>
    public static Reduced Of(Reduction reduction) => reduction == Reduction.Sum ? Reduced.Sum : Reduced.Mean;

    /// <summary>The weights of the classes, [K]; null where they are all 1.</summary>
    public static Value? Weights(Comparison compared, ClassObjectiveAttribute attribute)
    {
        const string property = nameof(attribute.ClassWeights);
        if (attribute.ClassBalance > 0)
        {
            return compared.ClassNumbers(attribute, property, Effective(attribute), "ClassFrequencies.EffectiveWeights",
                Scalar.Literal(attribute.ClassBalance), Deferral(compared, attribute));
        }

        return attribute.ClassWeights is { } weights
            ? compared.ClassNumbers(attribute, property, weights, from: Deferral(compared, attribute)) : null;
    }

    /// <summary>1 at the class of each row, [M, K]; a row of zeros where there is none.</summary>
    public static Value OneHot(Comparison compared)
    {
        string[] arguments = [Spelling.Join(compared.Classes), $"{compared.Step.Model.Arena}.Values.dtype"];
        return compared.Computation.Add(
            new RuntimeFunction("ClassLabels.OneHot", new(arguments), compared.Logits.Shape), "oneHot", compared.Label);
    }

    // The step from which weights hold, in C#; null where they always do.
    private static string? Deferral(Comparison compared, ClassObjectiveAttribute attribute) =>
        attribute.DeferEpochs > 0
            ? $"{compared.Hyperparameter(attribute, nameof(attribute.DeferEpochs)).Code} * StepsPerEpoch"
        : attribute.DeferSteps > 0 ? compared.Hyperparameter(attribute, nameof(attribute.DeferSteps)).Code
        : null;

    // As the runtime's EffectiveWeights.
    private static double[]? Effective(ClassObjectiveAttribute attribute)
    {
        if (attribute.ClassCounts is not { } counts) return null;
        double beta = attribute.ClassBalance;
        double[] weights = [.. counts.Select(count =>
            count == 0 ? 0 : beta == 1 ? 1 / count : (1 - beta) / (1 - Math.Pow(beta, count)))];
        double sum = weights.Sum();
        return [.. weights.Select(weight => counts.Length * weight / sum)];
    }

    /// <summary>−log p of the label of each row, [M]; 0 where there is none.</summary>
    public static Value Likelihood(
        Comparison compared, Value logProbabilities, Value labels, string name = "negativeLogLikelihood") =>
        compared.Computation.AddMany(new NegativeLogLikelihood(Reduced.None), [name, "rowWeight"], logProbabilities, labels)[0];

    /// <summary>1 for each row with a label, 0 for others, [M].</summary>
    public static Value Labelled(Comparison compared) =>
        compared.Computation.Add(new LabelWeights(), "labelled", compared.Label, compared.Logits);

    /// <summary>The sum or the mean over labels of −w·log p of each row's label.</summary>
    public static Value Likelihood(
        Comparison compared, Reduction reduction, string name, Value logProbabilities, Value labels, Value? weights = null)
    {
        Value[] weighted = weights is null ? [] : [weights];

        // libtorch's own mean has the gradient 0 without any label, but not where the labels' weights are all 0.
        bool isOwn = reduction == Reduction.Mean && weights is null && !compared.Step.TakesParts && !compared.MayBeEmpty;
        bool divides = reduction == Reduction.Mean && !isOwn;
        Value loss = compared.Computation.AddMany(
            new NegativeLogLikelihood(isOwn ? Reduced.Mean : Reduced.Sum), [divides ? name + "Sum" : name, "totalWeight"],
            [logProbabilities, labels, .. weighted])[0];
        return divides ? compared.Computation.Add(new LabelMean(compared.MayBeEmpty), name, loss, compared.LabelCount(weights))
            : loss;
    }

    /// <summary>The sum of losses that are 0 where there is no label, or that divided by what the labels count.</summary>
    /// <param name="weights">The classes' weights that a mean is divided by; null where each label counts 1.</param>
    public static Value Reduce(Comparison compared, Reduction reduction, string name, Value rows, Value? weights = null)
    {
        Computation c = compared.Computation;
        if (reduction == Reduction.Sum) return c.Add(new SumAll(), name, rows);
        Value total = c.Add(new SumAll(), name + "Sum", rows);
        return c.Add(new LabelMean(compared.MayBeEmpty), name, total, compared.LabelCount(weights));
    }

    /// <summary>The entropy of each row's prediction, [M], from its log-probabilities, with the opposite sign: Σ p·log
    /// p.</summary>
    public static Value NegativeEntropy(Comparison compared, Value logits, Value logProbabilities)
    {
        Value probabilities = compared.Computation.Add(new Softmax(), "probabilities", logits);
        return compared.Computation.Add(new Sum(1), "negativeEntropy",
            compared.Computation.Add(new Multiply(), "weightedLogProbabilities", probabilities, logProbabilities));
    }
}
