using System.Linq;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Lowering;

/// <summary>
/// What means are over: the batch, or all batches of an update. There a batch gives its part of the mean, its own sum divided by
/// the count of the whole window; the mean of the batches' means would be another number.
/// </summary>
internal sealed partial class StepContext
{
    /// <summary>Whether an update has several batches, or several processes, and a pass computes its part of the means.</summary>
    public bool TakesParts => trainer.TakesParts;

    /// <summary>The mean over all elements of values that each sample has equally many of.</summary>
    public Value Mean(string name, Value elements) =>
        TakesParts
            ? PartOfMean(name, Computation.Add(new Mean(), name + "OfBatch", elements), elements.Shape)
            : Computation.Add(new Mean(), name, elements);

    /// <summary>
    /// A batch's mean over samples as its part of the update's mean; the mean itself where an update has one batch.
    /// </summary>
    /// <param name="elements">The shape of what the mean is taken of.</param>
    public Value PartOfMean(string name, Value mean, Shape elements)
    {
        if (!TakesParts) return mean;
        string symbol = elements.Dims.Select(dim => dim.Symbol).First(known => known is not null)!;
        var count = trainer.AddCount(new SampleCount(trainer.Fields.First(field => field.Stream.Symbol == symbol)));
        return Computation.Add(new Scale(new Scalar.Named(count.Share)), name, mean);
    }

    /// <summary>What labels count, without dimensions: each as much as its class weighs.</summary>
    /// <param name="weights">The classes' weights, [K]; null where each label counts 1.</param>
    public Value LabelCount(Comparison compared, Value? weights)
    {
        if (!TakesParts)
        {
            Value[] weighted = weights is null ? [] : [weights];
            Value each = Computation.Add(new LabelWeights(), "labelWeights", [compared.Label, compared.Logits, .. weighted]);
            return Computation.Add(new SumAll(), "labelCount", each);
        }

        var count = trainer.AddCount(new LabelCount(weights is null ? null : ((Input)weights.Producer.Operation).Member));
        return Leaf(new Input($"counts.{count.Member}", new TensorType(Shape.Scalar)), count.Member);
    }
}
