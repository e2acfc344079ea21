using System.Numerics.Tensors;

namespace Dsl.Runtime;

/// <summary>What a network returns, as probabilities.</summary>
internal static class OutputProbability
{
    /// <summary>The probability of each class.</summary>
    public static double[] Softmax(ReadOnlySpan<double> logits)
    {
        var probabilities = new double[logits.Length];
        double largest = TensorPrimitives.Max(logits), sum = 0;
        for (int i = 0; i < logits.Length; i++) sum += probabilities[i] = Math.Exp(logits[i] - largest);
        for (int i = 0; i < logits.Length; i++) probabilities[i] /= sum;
        return probabilities;
    }

    /// <summary>The probability of yes.</summary>
    /// <param name="output">A logit, or the probability itself.</param>
    /// <param name="isProbability">Which of the two.</param>
    public static double Of(double output, bool isProbability) => isProbability ? output : 1 / (1 + Math.Exp(-output));
}
