using System.Collections.Generic;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Objectives;

internal sealed class Detr : DetectionObjective<DetrAttribute>
{
    // Four logits of a box and that of no object stand before those of the classes.
    private const int Coordinates = 4, Others = 5;

    protected override string Notation =>
        "−Σ_Q w·log softmax(c)[y]/Σ_Q w + (λ_1·Σ_O |b − t| + λ_2·Σ_O (1 − g(b, t)))/n, b = σ(o)";

    protected override IReadOnlyList<Symbol> Symbols(DetrAttribute attribute) =>
    [
        new("Q", "all queries"),
        new("c", "logits of no object and the classes"),
        new("w", $"1 for a query with an object, {Scalar.Literal(attribute.NoObjectWeight)} for one without"),
        new("O", "the queries that have an object, by the matching of least cost"),
        new("o", "logits of a query's box"),
        new("t", "its object's box, centre and size"),
        new("g", "the generalised overlap of two boxes"),
        new("λ_1", "weight of the distances", nameof(attribute.CoordinateWeight)),
        new("λ_2", "weight of the overlaps", nameof(attribute.OverlapWeight)),
        new("n", "the number of queries that have an object, at least 1"),
    ];

    protected override void Check(DetrAttribute attribute, ResultCheck result)
    {
        RefuseParts(result, "objects");
        Shape shape = result.Result.Shape;
        if (shape.Rank == 3 && shape[2].Factor > Others) return;
        result.Report(Catalogue.NoDetections, null, result.Name, "[N, Q, 4 + 1 + K] of Q queries and K classes",
            result.ModelName, shape.ToString(),
            "end the model with [LearnedConstant(Q, 1, D), Reshape(Q, D), TransformerDecoderLayer(4, 256, Causal = false), "
            + "Linear(4 + 1 + K)], behind a [Tag(\"memory\")]");
    }

    protected override Value Lower(DetrAttribute attribute, Comparison compared)
    {
        Computation c = compared.Computation;
        Value output = compared.Result;
        Shape shape = output.Shape, queries = shape.Without(2);
        Dim rows = StepContext.Elements(queries);
        long logits = shape[2].Factor - Coordinates;
        Detector(compared, "DetrDetector", "new()");
        Scalar coordinates = compared.Hyperparameter(attribute, nameof(attribute.CoordinateWeight)),
        overlaps = compared.Hyperparameter(attribute, nameof(attribute.OverlapWeight)),
        noObject = compared.Hyperparameter(attribute, nameof(attribute.NoObjectWeight));
        Value boxes = c.Add(new Sigmoid(), "boxes", c.Add(new Slice(2, 0, Coordinates), "boxLogits", output));
        Value classes = c.Add(new Reshape(Shape.Of(rows, logits)), "queryLogits",
            c.Add(new Slice(2, Coordinates, logits), "classLogits", output));
        var targets = c.AddMany(
            new RuntimeFunction("DetrTargets.Of", new([coordinates.Code, overlaps.Code, noObject.Code]),
                new EquatableArray<TensorType>(
                [
                    new TensorType(Shape.Of(rows), ElementType.Int64), new TensorType(Shape.Of(rows)), boxes.Type,
                    new TensorType(queries), new TensorType(Shape.Of()),
                ])), ["classTargets", "queryWeights", "boxTargets", "standing", "standingCount"],
            compared.Objects((int)logits - 1), boxes, classes);

        Value weighted = c.Add(new Multiply(), "weightedLosses",
            compared.Step.CrossEntropies("queryLosses", classes, targets[0]), targets[1]);
        Value entropy = c.Add(new LabelMean(IsZero: true), "classError", c.Add(new SumAll(), "classErrors", weighted),
            c.Add(new SumAll(), "weightSum", targets[1]));
        Value apart = c.Add(new Absolute(), "distances", c.Add(new Subtract(), "boxErrors", boxes, targets[2]));
        Value distance = c.Add(new SumAll(), "distance", c.Add(new Multiply(), "standingDistances",
            c.Add(new SumOver(new([2])), "boxDistances", apart), targets[3]));
        Value alike = c.Add(new PairedOverlap(), "overlaps", Edges(c, boxes, "boxEdges"), Edges(c, targets[2], "targetEdges"));
        Value missing = c.Add(new AddNumber(1), "missing", c.Add(new Scale(-1), "negativeOverlaps", alike));
        Value misfit = c.Add(new SumAll(), "misfit", c.Add(new Multiply(), "standingMissing", missing, targets[3]));
        Value sum = c.Add(new Add(), "boxError", c.Add(new Scale(coordinates), "weightedDistance", distance),
            c.Add(new Scale(overlaps), "weightedMisfit", misfit));
        return c.Add(new Add(), "detr", entropy, c.Add(new LabelMean(IsZero: true), "meanBoxError", sum, targets[4]));
    }

    // Left, upper, right and lower edge of boxes that are given by centre and size.
    private static Value Edges(Computation c, Value centered, string name)
    {
        Value center = c.Add(new Slice(2, 0, 2), name + "Centers", centered);
        Value half = c.Add(new Scale(0.5), name + "Halves", c.Add(new Slice(2, 2, 2), name + "Sizes", centered));
        return c.Add(new Concatenate(2), name, c.Add(new Subtract(), name + "First", center, half),
            c.Add(new Add(), name + "Last", center, half));
    }
}
