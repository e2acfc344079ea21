using System.Collections.Generic;
using System.Globalization;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schemes;

internal sealed class Cola : EmbeddingScheme<ColaAttribute<object>>
{
    public override IReadOnlyList<string> Heads => ["Similarity"];

    public override bool PredictsEmbeddings => true;

    public override void CheckNetworks(
        Bound<SchemeAttribute> declared, IReadOnlyList<LearnedNetwork> networks, Findings findings)
    {
        var attribute = (ColaAttribute<object>)declared.Attribute;
        var model = networks[0];
        Shape segment = model.Network.Input.Type.Shape;
        if (segment.Rank >= 2 && segment[1].Factor <= attribute.Length) return;
        string length = attribute.Length.ToString(CultureInfo.InvariantCulture);
        findings.Add(Catalogue.SchemeNeeds, declared.Site, model.Site, declared.Name,
            $"a network of segments of at most {length} places, [N, S, ...]",
            $"'{model.Name}' takes {model.Network.Input.Type}", "let it take shorter ones, or say how long samples are");
    }

    protected override void Lower(ColaAttribute<object> attribute, Bound<SchemeAttribute> declared, StepContext step)
    {
        Computation c = step.Computation;
        Player similarity = step.Head(declared.Declaration.Types[0], "Similarity", "The bilinear similarity of two segments");
        TensorType segment = step.Trainer.Network.Input.Type;
        long places = segment.Shape[1].Factor, starts = attribute.Length - places + 1;
        Value samples = step.Read(step.DataInParts(
            segment.Shape.With(1, attribute.Length).Without(0), "Sequences of which segments are drawn"));
        Dim rows = samples.Shape[0];
        Value both = c.Add(new Concatenate(0), "segments", Drawn("First"), Drawn("Second"));
        Value embeddings = step.Embed(step.Embedder, both, "embeddings");
        step.WatchSpread(step.Direction(embeddings, "directions"), "the other samples of a batch: take larger batches");
        var halves = c.AddMany(new Split(new([rows, rows])), ["first", "second"], embeddings);
        Value logits = c.Add(new Linear(), "similarities", step.Call(similarity, halves[0], "asked"), halves[1]);
        Value own = c.Add(new RuntimeFunction(
            "SamplePairs.Own", default, new TensorType(Shape.Of(rows), ElementType.Int64)), "own", logits);
        step.AddTerm(new Term("Contrastive", step.Mean("contrastive", step.CrossEntropies("contrast", logits, own)), null,
            "mean −log softmax(z_i·W·z′_j, all j)[i]")
        {
            Symbols =
            [
                new("z_i", "the embedding of the first segment of a sample", null, null),
                new("z′_j", "that of the second segment of any sample of the batch", null, null),
                new("W", "the similarity", null, null),
                new("i", "a sample", null, null),
                new("j", "any sample of the batch", null, null),
            ],
        });

        Value Drawn(string name)
        {
            Value start = step.Draw(new DrawnIntegers($"{name}Start", rows, 0, starts,
                $"Where the {name.ToLowerInvariant()} segment of each sample starts, [N]"));
            return c.Add(new RuntimeFunction("SegmentOrder.Cut", new([Spelling.Join(places)]),
                segment with { Shape = segment.Shape.With(0, rows) }), $"{name.ToLowerInvariant()}Segments", samples, start);
        }
    }
}
