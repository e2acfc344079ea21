namespace Dsl.Inspect.Formulas;

/// <summary>Letters and functions that all techniques use alike.</summary>
internal static class Glossary
{
    public static readonly IReadOnlyDictionary<string, string> Entries = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["z"] = "the network's outputs for the batch, one number for each class",
        ["x"] = "the network's outputs for the batch, as they are",
        ["y"] = "the label",
        ["K"] = "the number of classes",
        ["k"] = "a class",
        ["t"] = "the step, counted from 0",
        ["mean"] = "mean over the batch, of classes over the rows that have a label",
        ["sum"] = "sum over the batch",
        ["softmax"] = "exp(z) divided by its sum over the classes",
        ["argmax"] = "the class of the largest value",
        ["σ"] = "the logistic function, 1/(1 + exp(−z))",
        ["H"] = "entropy of a distribution, in nats",
        ["KL"] = "Kullback-Leibler divergence of the second distribution from the first, in nats",
        ["JS"] = "Jensen-Shannon divergence, the mean divergence from the distributions' mean, in nats",
        ["ᵀ"] = "a matrix with rows and columns exchanged",
        ["Σ"] = "sum over the classes",
    };
}
