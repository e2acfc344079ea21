using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schemes;

internal sealed class SimCse : EmbeddingScheme<SimCseAttribute>
{
    public override void CheckNetworks(
        Bound<SchemeAttribute> declared, IReadOnlyList<LearnedNetwork> networks, Findings findings)
    {
        var model = networks[0];
        if (model.Network.IsOpaque || model.Network.Computation.Nodes.Any(node => Drops(node.Operation))) return;
        findings.Add(Catalogue.SchemeNeeds, declared.Site, model.Site, declared.Name, "a network with dropout",
            model.Network.HasDropout ? $"'{model.Name}' drops nothing, with the probability 0" : $"'{model.Name}' has none",
            "both passes would be the same: add [Dropout(0.1)], or take a scheme of two views");
    }

    protected override void Lower(SimCseAttribute attribute, Bound<SchemeAttribute> declared, StepContext step)
    {
        Computation c = step.Computation;
        Scalar temperature = step.Hyperparameter(attribute, nameof(attribute.Temperature));
        Value samples = step.Read(step.Data);
        Value directions = step.Direction(
            step.Embed(step.Embedder, c.Add(new Concatenate(0), "twice", samples, samples), "embeddings"), "directions");
        step.WatchSpread(directions, "the other samples of a batch: take larger batches, or a lower Temperature");
        Dim count = samples.Shape[0];
        var passes = c.AddMany(new Split(new EquatableArray<Dim>([count, count])), ["firstPass", "secondPass"], directions);
        Value logits = c.Add(
            new DivideBy(temperature), "contrastLogits", c.Add(new Linear(), "similarities", passes[0], passes[1]));
        Value own = c.Add(new RuntimeFunction(
            "SamplePairs.Own", default, new TensorType(Shape.Of(count), ElementType.Int64)), "own", logits);
        Value rows = step.CrossEntropies("contrast", logits, own);
        step.AddTerm(new Term(
            "Contrastive", step.Mean("contrastive", rows), null, "mean −log softmax(cos(z_i, z'_k)/τ)[i]")
        {
            Symbols =
            [
                new("z", "the embedding of a sample", null, null),
                new("z'", "that of another pass, with other dropout masks", null, null),
                new("i", "a sample", null, null),
                new("k", "any sample of the batch", null, null),
                new("τ", "temperature", temperature.Code, Scalar.Literal(attribute.Temperature)),
            ],
        });
    }

    private static bool Drops(Operation operation) =>
        operation is Dropout { Probability: > 0 } or DropoutOfParts { Probability: > 0 };
}
