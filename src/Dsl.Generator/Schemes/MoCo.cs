using System.Globalization;
using Dsl.Generator.Binding;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schemes;

internal sealed class MoCo : EmbeddingScheme<MoCoAttribute<object, object>>
{
    public override bool TellsSamplesApart => true;

    protected override void Check(MoCoAttribute<object, object> attribute, Bound<SchemeAttribute> declared, RunCheck run)
    {
        if (attribute.Queue >= run.BatchSize) return;
        run.Findings.Add(
            Catalogue.SchemeNeeds, declared.SiteOf(nameof(attribute.Queue)), declared.Name, "a queue that holds a batch",
            $"Queue = {attribute.Queue.ToString(CultureInfo.InvariantCulture)} is less than its "
            + $"{run.BatchSize.ToString(CultureInfo.InvariantCulture)} samples",
            "make the queue many batches long, or the batches smaller")
            .Offer(declared.Set(nameof(attribute.Queue), run.BatchSize));
    }

    protected override void Lower(MoCoAttribute<object, object> attribute, Bound<SchemeAttribute> declared, StepContext step)
    {
        Computation c = step.Computation;
        var views = declared.Declaration.Types;
        Scalar momentum = step.Hyperparameter(attribute, nameof(attribute.Momentum)),
        temperature = step.Hyperparameter(attribute, nameof(attribute.Temperature));
        Embedder encoder = step.AverageEmbedder("key", "The key encoder, the moving average of the trained one",
            "the key encoder, the average of the trained one,", momentum);

        Value query = step.Direction(step.Embed(step.Embedder, step.ViewOfData(views[0], "Query"), "queryFeatures"), "query");
        Value key = step.Direction(step.AskEmbedding(encoder, step.ViewOfData(views[1], "Key"), "keyFeatures"), "key");
        step.WatchSpread(query, "the queue: take a longer one, or a larger Momentum");
        StateNode queue = step.Queue("queue", "keys of earlier batches", attribute.Queue, query.Shape[1].Factor);
        Value own = c.Add(
            new SumOver(new([1]), Keep: true), "ownSimilarity", c.Add(new Multiply(), "ownProducts", query, key));
        Value others = c.Add(new Linear(), "similarities", query, step.ReadQueue(queue, attribute.Queue));

        // The own key is class 0 of 1 + Q.
        Value logits = c.Add(
            new DivideBy(temperature), "contrastLogits", c.Add(new Concatenate(), "allSimilarities", own, others));
        Value label = c.Add(new RuntimeFunction("ClassLabels.First", default,
            new TensorType(Shape.Of(query.Shape[0]), ElementType.Int64)), "firstClass", logits);
        Value rows = step.CrossEntropies("contrast", logits, label);
        step.AddTerm(new Term(
            "Contrastive", step.Mean("contrastive", rows), null, "mean −log softmax((q·k, q·K)/τ)[0]")
        {
            Symbols =
            [
                new("q", "the direction of the network's output for one view of an input", null, null),
                new("k", "that of its moving average for the other view", null, null),
                new("K", "those that the average gave for earlier inputs, the queue", null, null),
                new("τ", "temperature", temperature.Code, Scalar.Literal(attribute.Temperature)),
            ],
        });
        step.Offer(queue, key);
    }
}
