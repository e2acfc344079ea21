using System.Collections.Generic;
using Dsl.Generator.Binding;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schemes;

internal sealed class SimSiam : EmbeddingScheme<SimSiamAttribute<object, object, object>>
{
    public override IReadOnlyList<string> Heads => ["Predictor"];

    public override bool PredictsEmbeddings => true;

    protected override void Lower(
        SimSiamAttribute<object, object, object> attribute, Bound<SchemeAttribute> declared, StepContext step)
    {
        Computation c = step.Computation;
        var types = declared.Declaration.Types;
        Player predictor = step.Head(
            types[2], "Predictor", "The head that makes of one view's embedding the other's", attribute.ConstantPredictorRate);
        Value first = step.Embed(step.Embedder, step.ViewOfData(types[0], "First"), "first"),
        second = step.Embed(step.Embedder, step.ViewOfData(types[1], "Second"), "second");
        step.WatchSpread(step.Direction(first, "firstDirection"),
            "the predictor and the constant side: take a smaller learning rate, or end the head with [BatchNorm1d]");
        Value forward = step.Cosines(
            step.Call(predictor, first, "firstPrediction"), c.Add(new StopGradient(), "secondTarget", second), "forwardCosine"),
        backward = step.Cosines(
            step.Call(predictor, second, "secondPrediction"), c.Add(new StopGradient(), "firstTarget", first), "backwardCosine");
        Value cosines = c.Add(new Scale(-0.5), "alignments", c.Add(new Add(), "cosines", forward, backward));
        step.AddTerm(new Term("Alignment", step.Mean("alignment", cosines), null,
            "−½·mean cos(h(z_1), sg z_2) − ½·mean cos(h(z_2), sg z_1)")
        {
            Symbols =
            [
                new("z_1", "the embedding of one view of a sample", null, null),
                new("z_2", "that of the other view", null, null),
                new("h", "the predictor", null, null),
            ],
        });
    }
}
