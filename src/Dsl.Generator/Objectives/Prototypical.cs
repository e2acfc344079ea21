using System.Collections.Generic;
using Dsl.Generator.Binding;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Objectives;

internal sealed class Prototypical : MetricObjective<PrototypicalAttribute>
{
    protected override string Notation => "mean −log softmax(−‖f − c_k‖²)[y]";

    public override void Check(Bound<TermAttribute> declared, RunCheck run)
    {
        var attribute = (PrototypicalAttribute)declared.Attribute;
        if (run.SamplesPerClass > attribute.Shots) return;
        string what = run.SamplesPerClass is { } given ? $"[SamplesPerClass({given})] gives {given}"
            : "batches are drawn from all samples alike";
        string part = $"SamplesPerClass({2 * attribute.Shots})";
        run.Findings.Add(
            Catalogue.SchemeNeeds, declared.Site, declared.Name,
            $"more than {attribute.Shots} samples of each class in a batch, {attribute.Shots} for its prototype and the rest to "
            + "be classified", what, $"write [{part}], or a smaller Shots")
            .Offer(run.SamplesPerClass is null ? Fix.Insert(part, declared.Site) : null);
    }

    protected override IReadOnlyList<Symbol> Symbols(PrototypicalAttribute attribute) =>
    [
        new("f", "the embedding of a sample that is not among the first K of its class in the batch"),
        new("c_k", "the prototype of class k: the mean embedding of its first K samples"),
        new("K", "samples that make a prototype", nameof(attribute.Shots)),
    ];

    protected override Value Lower(PrototypicalAttribute attribute, Comparison compared)
    {
        Computation c = compared.Computation;
        Scalar shots = compared.Hyperparameter(attribute, nameof(attribute.Shots));
        EquatableArray<string> arguments = new([shots.Code]);
        Value vectors = Distances.Vectors(attribute, compared);
        Shape pairs = Shape.Of(vectors.Shape[0], vectors.Shape[0]);

        // A row for each sample; only that of a class's first sample is a prototype.
        Value shares = c.Add(
            new RuntimeFunction("Prototypes.Shares", arguments, pairs), "supportShares", compared.Identity, vectors);
        Value prototypes = c.Add(new Linear(), "prototypes", shares,
            c.Add(new Permute(new EquatableArray<long>([1L, 0L])), "vectorColumns", vectors));

        // −‖f − c‖² without ‖f‖², which the softmax over prototypes leaves out.
        Value lengths = c.Add(
            new Unsqueeze(0), "lengthRow", c.Add(
                new Sum(1), "squaredLengths", c.Add(new Square(), "squaredComponents", prototypes)));
        Value products = c.Add(new Scale(2), "doubledProducts", c.Add(new Linear(), "products", vectors, prototypes));
        Value logits = c.Add(new Add(), "prototypeLogits", c.Add(new Subtract(), "nearness", products, lengths),
            c.Add(new RuntimeFunction("Prototypes.Allowed", default, pairs), "ofPrototypes", compared.Identity, vectors));
        Value places = c.Add(new RuntimeFunction("Prototypes.OfQueries", arguments,
            new TensorType(Shape.Of(vectors.Shape[0]), ElementType.Int64)), "prototypePlaces", compared.Identity);
        Value sum = c.Add(new SumAll(), "querySum", compared.Step.CrossEntropies("queries", logits, places));
        Value count = c.Add(
            new RuntimeFunction("Prototypes.Count", default, Shape.Scalar), "queryCount", places, vectors);
        Value mean = c.Add(new LabelMean(IsZero: false), "prototypical", sum, count);
        return compared.Step.PartOfMean("prototypicalPart", mean, compared.Result.Shape);
    }
}
