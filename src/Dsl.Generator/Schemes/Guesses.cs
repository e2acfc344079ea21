using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;

namespace Dsl.Generator.Schemes;

/// <summary>What schemes have in common that take the network's own predictions for labels.</summary>
internal static class Guesses
{
    /// <summary>−log of the probability of the class that another view is predicted as, where that is sure enough, else 0:
    /// [U].</summary>
    /// <param name="seen">The logits that are guessed from; constant.</param>
    /// <param name="trained">The logits that learn.</param>
    public static Value Likelihood(StepContext step, Value seen, Value trained, Scalar threshold)
    {
        Computation c = step.Computation;
        Value guess = c.Add(new LargestClass(), "guess", seen);
        Value likelihood = step.CrossEntropies("guessLikelihood", trained, guess);
        return c.Add(new Multiply(), "sureLikelihood", likelihood, Sure(step, seen, threshold));
    }

    /// <summary>1 where the largest probability reaches the threshold, else 0: [U].</summary>
    public static Value Sure(StepContext step, Value logits, Scalar threshold)
    {
        Value probabilities = step.Computation.Add(
            new Softmax(), "seenProbabilities", step.Computation.Add(new StopGradient(), "seenLogits", logits));
        return step.Computation.Add(
            new RuntimeFunction("Confidence.Reaches", new(new[] { threshold.Code }), Shape.Of(logits.Shape[0])), "sure",
            probabilities);
    }
}
