using Dsl.Generator.Checking;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;

namespace Dsl.Generator.Objectives;

internal sealed class CrossEntropy : Objective<CrossEntropyAttribute>
{
    public override bool IsLabeled => true;

    public override string Notation => "−mean log softmax(z)[y]";

    protected override Value Lower(CrossEntropyAttribute attribute, StepContext step)
    {
        Computation c = step.Computation;
        Value logProbabilities = c.Add(new LogSoftmax(), "logProbabilities", step.Logits);
        return c.AddMany(new NegativeLogLikelihood(), ["crossEntropy", "totalWeight"], logProbabilities, step.Label)[0];
    }
}
