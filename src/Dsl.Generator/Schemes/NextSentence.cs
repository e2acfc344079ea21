using Dsl.Generator.Binding;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schemes;

internal sealed class NextSentence : SegmentTask<NextSentenceAttribute<object>>
{
    protected override int Start(NextSentenceAttribute<object> attribute) => attribute.Start;

    protected override void Lower(
        NextSentenceAttribute<object> attribute, Bound<SchemeAttribute> declared, StepContext step) =>
        Ask(declared, step, "Foreign", "the second segment is another sample's", (sequences, answers) => step.Computation.Add(
            new RuntimeFunction("SegmentOrder.Exchange", new([Spelling.Join(attribute.Start)]), sequences.Type), "pairs",
            sequences, answers, step.Draw(new DrawnReals("Distances", step.Data.Rows, 0, 0, 1,
                "How far the sample is whose segment stands in, as a part of the others of the batch, [N]"))));
}
