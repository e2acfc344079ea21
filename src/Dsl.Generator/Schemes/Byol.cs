using System.Collections.Generic;
using Dsl.Generator.Binding;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schemes;

internal sealed class Byol : EmbeddingScheme<ByolAttribute<object, object, object>>
{
    public override IReadOnlyList<string> Heads => ["Predictor"];

    public override bool PredictsEmbeddings => true;

    protected override void Lower(
        ByolAttribute<object, object, object> attribute, Bound<SchemeAttribute> declared, StepContext step)
    {
        Computation c = step.Computation;
        var types = declared.Declaration.Types;
        Scalar ema = step.Hyperparameter(attribute, nameof(attribute.Ema));
        Player predictor = step.Head(
            types[2], "Predictor", "The head that makes of one view's embedding what the average makes of the other");
        Embedder target = step.AverageEmbedder("target", "The moving average of the trained network, which is predicted",
            "the target, the average of the trained network,",
            Averaging.Growing(step.Trainer, "ByolDecayAt", "target's", ema));
        Value firstView = step.ViewOfData(types[0], "First"), secondView = step.ViewOfData(types[1], "Second");
        Value first = step.Embed(step.Embedder, firstView, "first"), second = step.Embed(step.Embedder, secondView, "second");
        step.WatchSpread(step.Direction(first, "firstDirection"),
            "the predictor and the average: take a smaller learning rate, or a larger Ema");
        Value forward = step.Cosines(step.Call(predictor, first, "firstPrediction"),
            step.AskEmbedding(target, secondView, "secondTarget"), "forwardCosine"),
        backward = step.Cosines(step.Call(predictor, second, "secondPrediction"),
            step.AskEmbedding(target, firstView, "firstTarget"), "backwardCosine");
        Value distances = c.Add(new AddNumber(4), "distances",
            c.Add(new Scale(-2), "negativeCosines", c.Add(new Add(), "cosines", forward, backward)));
        step.AddTerm(new Term("Alignment", step.Mean("alignment", distances), null,
            "mean (2 − 2·cos(q(z_1), z̄_2)) + mean (2 − 2·cos(q(z_2), z̄_1))")
        {
            Symbols =
            [
                new("z_1", "the embedding of one view of a sample", null, null),
                new("z_2", "that of the other view", null, null),
                new("z̄_1", "what the moving average makes of one view", null, null),
                new("z̄_2", "what it makes of the other", null, null),
                new("q", "the predictor", null, null),
            ],
        });
    }
}
