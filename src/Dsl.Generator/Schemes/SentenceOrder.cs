using Dsl.Generator.Binding;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;

namespace Dsl.Generator.Schemes;

internal sealed class SentenceOrder : SegmentTask<SentenceOrderAttribute<object>>
{
    protected override int Start(SentenceOrderAttribute<object> attribute) => attribute.Start;

    protected override void Lower(
        SentenceOrderAttribute<object> attribute, Bound<SchemeAttribute> declared, StepContext step) =>
        Ask(declared, step, "Swapped", "the segments have changed places", (sequences, answers) => step.Computation.Add(
            new RuntimeFunction("SegmentOrder.Swap", new([Spelling.Join(attribute.Start)]), sequences.Type), "swappedSequences",
            sequences, answers));
}
