using System.Collections.Generic;
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

internal sealed class Clip : EmbeddingScheme<ClipAttribute<object>>
{
    public override IReadOnlyList<string> Heads => ["Other"];

    public override bool HeadsStandBehindModel => false;

    public override void CheckEmbeddings(
        Bound<SchemeAttribute> declared, LearnedNetwork embedder, IReadOnlyList<LearnedNetwork> heads, Findings findings)
    {
        var other = heads[0];
        if (!embedder.Network.KnowsResults || !other.Network.KnowsResults) return;
        Shape own = embedder.Network.Results[0].Value.Shape, given = other.Network.Results[0].Value.Shape;
        if (own.Rank != 2 || given == own) return;
        findings.Add(Catalogue.SchemeNeeds, declared.Site, other.Site, declared.Name, "two encoders of one width, [N, D]",
            $"'{embedder.Name}' returns {own} and '{other.Name}' {given}", $"end both with [Linear({own[1]})]");
    }

    protected override void Check(ClipAttribute<object> attribute, Bound<SchemeAttribute> declared, RunCheck run)
    {
        if (attribute.Temperature >= attribute.LeastTemperature) return;
        run.Findings.Add(Catalogue.SchemeNeeds, declared.SiteOf(nameof(attribute.Temperature)), declared.Name,
            "a temperature that may stand at the start", $"Temperature = {Number(attribute.Temperature)} is below "
            + $"LeastTemperature = {Number(attribute.LeastTemperature)}", "start higher, or let it fall lower")
            .Offer(declared.Set(nameof(attribute.LeastTemperature), Number(attribute.Temperature)));

        static string Number(double number) => number.ToString("R", CultureInfo.InvariantCulture);
    }

    protected override void Lower(ClipAttribute<object> attribute, Bound<SchemeAttribute> declared, StepContext step)
    {
        Computation c = step.Computation;
        Player other = step.Head(declared.Declaration.Types[0], "Other", "The encoder of the other half of a pair");
        Value own = step.Direction(step.Embed(step.Embedder, step.Read(step.Data), "embeddings"), "directions"),
        others = step.Direction(
            step.Call(other, step.Read(step.FurtherFor(other, "Other")), "otherEmbeddings"), "otherDirections");
        step.WatchSpread(own, "the other pairs of a batch: take larger batches");
        Value scale = c.Add(new Exponential(), "scale", step.LearnedNumber(
            "LogScale", "s: minus the logarithm of the temperature, learned",
            MinusLog(step.Hyperparameter(attribute, nameof(attribute.Temperature))),
            MinusLog(step.Hyperparameter(attribute, nameof(attribute.LeastTemperature)))));
        Value logits = c.Add(
            new Multiply(), "logits", c.Add(new Linear(), "similarities", own, others), scale);
        Value places = c.Add(new RuntimeFunction(
            "SamplePairs.Own", default, new TensorType(Shape.Of(own.Shape[0]), ElementType.Int64)), "own", logits);
        Value forward = step.Mean("ofOthers", step.CrossEntropies("forward", logits, places)),
        backward = step.Mean("ofOwn", step.CrossEntropies(
            "backward", c.Add(new Permute(new([1, 0])), "logitsOfOthers", logits), places));
        step.AddTerm(new Term("Contrastive", c.Add(
            new Scale(0.5), "contrastive", c.Add(new Add(), "bothWays", forward, backward)), null,
            "½·mean (−log softmax(e^s·u_i·v_j, all j)[i] − log softmax(e^s·u_j·v_i, all j)[i])")
        {
            Symbols =
            [
                new("u_i", "the direction of the embedding of the first half of a pair", null, null),
                new("v_i", "that of its second half", null, null),
                new("u_j", "that of the first half of any pair of the batch", null, null),
                new("v_j", "that of the second half of any pair", null, null),
                new("i", "a pair", null, null),
                new("j", "any pair of the batch", null, null),
                new("s", "minus the logarithm of the temperature, learned", null, null),
                new("e", "Euler's number", null, null),
            ],
        });

        static Scalar MinusLog(Scalar temperature) => -new Scalar.Call("Math.Log", new([temperature]));
    }
}
