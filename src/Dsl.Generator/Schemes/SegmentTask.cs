using System.Collections.Generic;
using Dsl.Generator.Binding;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schemes;

/// <summary>A task about two segments of a sequence, which the network sees in one: whether they stand as they were.</summary>
/// <inheritdoc/>
internal abstract class SegmentTask<TAttribute> : PretextTask<TAttribute>
    where TAttribute : SchemeAttribute
{
    protected sealed override long Answers(TAttribute attribute) => 2;

    /// <summary>How many places at the start belong to no segment.</summary>
    protected abstract int Start(TAttribute attribute);

    protected sealed override (string Need, string Remedy)? Obstacle(TAttribute attribute, TensorType input)
    {
        int start = Start(attribute);
        long segments = input.Shape.Rank < 2 ? 0 : input.Shape[1].Factor - start;
        return segments >= 2 && segments % 2 == 0 ? null
            : ($"a sequence [N, T] or [N, T, ...] of two segments of equal length behind {start} places",
                "give the model such a length, and say in Start how many places come before");
    }

    /// <summary>Adds the question of whether segments stand as they were.</summary>
    /// <param name="name">What the task is called.</param>
    /// <param name="change">Sequences and answers to what the network sees.</param>
    /// <param name="words">What has happened where the answer is 1.</param>
    protected static void Ask(
        Bound<SchemeAttribute> declared, StepContext step, string name, string words, System.Func<Value, Value, Value> change)
    {
        Player head = Head(step, declared);
        Value sequences = step.Read(step.Data);
        Value answers = step.Draw(new DrawnIntegers(
            name, step.Data.Rows, 0, 2, $"1 for a sample of which {words}, 0 for one that is as it was, [N]"));
        Value logits = step.Call(head, step.Call(step.Model, change(sequences, answers), "features"), "segmentLogits");
        AddTerm(step, name, logits, answers, "mean −log softmax(h(z_s))[s]",
        [
            new("z_s", "the network's output for a sample that was changed, or not", null, null),
            new("h", "the head", null, null),
            new("s", $"1 where {words}, else 0", null, null),
        ]);
    }
}
