using System.Collections.Generic;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Objectives;

internal sealed class Triplet : MetricObjective<TripletAttribute>
{
    // From 40 on log(1 + eˣ) is x in single precision.
    private static readonly Softplus SoftMargin = new(1, 40);

    protected override string Notation => "mean max(0, d(a, p) − d(a, n) + m)";

    protected override string Describe(TripletAttribute attribute) =>
        attribute.Soft ? "mean log(1 + exp(d(a, p) − d(a, n)))" : Notation;

    protected override IReadOnlyList<Symbol> Symbols(TripletAttribute attribute) =>
    [
        new("d", attribute.Squared ? "the squared distance of two embeddings" : "the distance of two embeddings"),
        new("a", "a sample, the anchor"),
        new("p", attribute.Mining == TripletMining.BatchHard ? "the farthest other sample of its class"
            : "another sample of its class"),
        new("n", attribute.Mining switch
        {
            TripletMining.SemiHard => "the nearest sample of another class that is farther than p, or the farthest",
            TripletMining.BatchAll => "a sample of another class",
            _ => "the nearest sample of another class",
        }),
        new("m", "the margin", nameof(attribute.Margin)),
    ];

    protected override void Check(TripletAttribute attribute, ResultCheck result)
    {
        base.Check(attribute, result);
        if (!attribute.Soft || !result.Declared.Has(nameof(attribute.Margin))) return;
        result.Report(Catalogue.WithoutEffect, nameof(attribute.Margin), nameof(attribute.Margin), result.Name, "Soft = false")
            .Offer(result.Declared.Remove(nameof(attribute.Margin)), result.Declared.Remove(nameof(attribute.Soft)));
    }

    protected override Value Lower(TripletAttribute attribute, Comparison compared)
    {
        Computation c = compared.Computation;
        Value vectors = Distances.Vectors(attribute, compared);
        Value distances = attribute.Squared ? Distances.Squared(compared, vectors) : Distances.Euclidean(compared, vectors);
        Dim samples = distances.Shape[0];
        Shape column = Shape.Of(samples, 1), cube = Shape.Of(samples, samples, samples);
        switch (attribute.Mining)
        {
            case TripletMining.BatchHard:
                Value farthest = c.Add(new GatherColumns(), "farthestPositives", distances, Places("FarthestPositives", column));
                Value nearest = c.Add(new GatherColumns(), "nearestNegatives", distances, Places("NearestNegatives", column));
                return Distances.Mean(compared, "triplet", Losses(farthest, nearest),
                    Distances.Mask(compared, "Anchors", "anchors", column, distances));
            case TripletMining.BatchAll:
                Value losses = Losses(c.Add(new Unsqueeze(2), "positiveDistances", distances),
                    c.Add(new Unsqueeze(1), "negativeDistances", distances));
                Value triplets = Distances.Mask(compared, "All", "triplets", cube, distances);
                Value? active = attribute.Soft ? null : c.Add(
                    new RuntimeFunction("MinedTriplets.CountActive", default, Shape.Scalar), "activeTriplets", losses, triplets);
                return Distances.Mean(compared, "triplet", losses, triplets, active);
            default:
                Value negatives = c.Add(
                    new GatherColumns(), "semiHardNegatives", distances, Places("SemiHardNegatives", distances.Shape));
                return Distances.Mean(compared, "triplet", Losses(distances, negatives),
                    Distances.Mask(compared, "Pairs", "pairs", distances.Shape, distances));
        }

        Value Places(string function, Shape shape) => c.Add(
            new RuntimeFunction($"MinedTriplets.{function}", default, new TensorType(shape, ElementType.Int64)),
            char.ToLowerInvariant(function[0]) + function.Substring(1) + "Places", compared.Identity, distances);

        Value Losses(Value positive, Value negative)
        {
            Value difference = c.Add(new Subtract(), "distanceGaps", positive, negative);
            return attribute.Soft ? c.Add(SoftMargin, "tripletLosses", difference) : c.Add(new ReLU(), "tripletLosses",
                c.Add(new AddNumber(compared.Hyperparameter(attribute, nameof(attribute.Margin))), "tripletMargins", difference));
        }
    }
}
