using System.Linq;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;

namespace Dsl.Generator.Checking;

/// <summary>
/// What means are over: the batch, or all batches of an update. There a batch gives its part of the mean, its own sum divided by
/// the count of the whole window; the mean of the batches' means would be another number.
/// </summary>
internal sealed partial class StepContext
{
    /// <summary>Whether an update has several batches.</summary>
    public bool Accumulates => trainer.Accumulates;

    /// <summary>The mean over all elements of values that each sample has equally many of.</summary>
    public Value Mean(string name, Value elements) =>
        Accumulates
            ? PartOfMean(name, Computation.Add(new Mean(), name + "OfBatch", elements), Stream(elements))
            : Computation.Add(new Mean(), name, elements);

    /// <summary>
    /// A batch's mean over samples as its part of the update's mean; the mean itself where an update has one batch.
    /// </summary>
    /// <param name="stream">The symbol of the samples' dimension.</param>
    public Value PartOfMean(string name, Value mean, string stream = "N")
    {
        if (!Accumulates) return mean;
        var count = trainer.AddCount(new SampleCount(trainer.Roles.First(role => role.Symbol == stream)));
        return Computation.Add(new Scale(new Scalar.Named(count.Share)), name, mean);
    }

    /// <summary>What the present objective's labels count, without dimensions: each as much as its class weighs.</summary>
    /// <param name="weights">The classes' weights, [K]; null where each label counts 1.</param>
    public Value LabelCount(Value? weights)
    {
        if (!Accumulates)
        {
            Value[] weighted = weights is null ? [] : [weights];
            Value each = Computation.Add(new LabelWeights(), "labelWeights", [Label, Logits, .. weighted]);
            return Computation.Add(new SumAll(), "labelCount", each);
        }

        var count = trainer.AddCount(new LabelCount(weights is null ? null : ((Input)weights.Producer.Operation).Member));
        string name = char.ToLowerInvariant(count.Member[0]) + count.Member.Substring(1);
        return Computation.Add(new Input($"counts.{count.Member}", new TensorType(Shape.Scalar)), name);
    }

    private static string Stream(Value elements) => elements.Shape.Dims.Select(dim => dim.Symbol).First(symbol => symbol is not null)!;
}
