using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Objectives;

internal sealed class Dice : Objective<DiceAttribute>
{
    public override LabelKind Labels => LabelKind.Class;

    protected override string Notation => "mean (1 − (2·Σ p·g + ε)/(Σ p² + Σ g² + ε)), p = softmax(z)";

    protected override IReadOnlyList<Symbol> Symbols(DiceAttribute attribute) =>
    [
        new("g", "1 at the class of a position, else 0; sums are over the positions of " + (attribute.OverBatch ? "a batch"
            : "an image")),
        new("ε", "what keeps the quotient of an absent class finite", nameof(attribute.Epsilon)),
        new("w", "1/(Σ g)² of each class"),
    ];

    protected override string Describe(DiceAttribute attribute) => attribute.Generalized
        ? "mean (1 − (2·Σ w·p·g + ε)/(Σ w·(p + g) + ε)), p = softmax(z)" : Notation;

    protected override void Check(DiceAttribute attribute, ResultCheck result)
    {
        if (!attribute.PerPosition)
        {
            result.Report(
                Catalogue.SchemeNeeds, nameof(attribute.PerPosition), result.Name, "areas, a prediction at each position",
                $"PerPosition = false takes {result.Result.Shape} of '{result.ModelName}' for one of each sample",
                "remove the argument");
        }

        if (attribute.OverBatch && result.Parts is { } parts)
        {
            result.Report(Catalogue.SchemeNeeds, nameof(attribute.OverBatch), result.Name, "the whole batch of an update",
                $"[{parts}] sums areas of a part of it at a time", $"remove [{parts}] or OverBatch");
        }
    }

    protected override Value Lower(DiceAttribute attribute, Comparison compared)
    {
        Computation c = compared.Computation;
        Shape result = compared.Result.Shape, rows = compared.Logits.Shape;
        Scalar epsilon = compared.Hyperparameter(attribute, nameof(attribute.Epsilon));
        Value given = ClassRows.OneHot(compared);
        Value counted = c.Add(new Reshape(rows.With(1, 1)), "countedRows", ClassRows.Labelled(compared));
        Value said = c.Add(
            new Multiply(), "said", c.Add(new Softmax(), "probabilities", compared.Logits), counted);
        Value shared = Areas("sharedAreas", c.Add(new Multiply(), "shared", said, given));
        Value givenAreas = Areas("givenAreas", given);
        Value part, whole;
        if (attribute.Generalized)
        {
            Value weights = c.Add(new RuntimeFunction("SegmentationAreas.Weights", default, givenAreas.Shape), "areaWeights",
                givenAreas);
            part = OverClasses("weightedShared", c.Add(new Multiply(), "weightedAreas", shared, weights));
            whole = OverClasses("weightedWhole", c.Add(new Multiply(), "weightedSums",
                c.Add(new Add(), "bothAreas", Areas("saidAreas", said), givenAreas), weights));
        }
        else
        {
            // What is given is 0 or 1, and so its own square.
            part = shared;
            whole = c.Add(
                new Add(), "bothAreas", Areas("squaredAreas", c.Add(new Square(), "squares", said)), givenAreas);
        }

        Value overlap = c.Add(new Divide(), "overlap",
            c.Add(new AddNumber(epsilon), "twiceShared", c.Add(new Scale(2), "doubled", part)),
            c.Add(new AddNumber(epsilon), "whole", whole));
        Value loss = c.Add(new AddNumber(1), "rest", c.Add(new Scale(-1), "minusOverlap", overlap));
        return loss.Shape.Rank == 0 ? loss
            : attribute.OverBatch ? c.Add(new Mean(), "dice", loss) : compared.Step.Mean("dice", loss);

        // [N, K] of each image, or [K] of the batch, from [M, K].
        Value Areas(string name, Value elements)
        {
            Value areas = attribute.OverBatch ? c.Add(new Sum(0), name, elements)
                : c.Add(new Sum(1), name, c.Add(new Reshape(Shape.Of(result[0], Positions(result), rows[1])), name + "Rows",
                    elements));
            int last = areas.Shape.Rank - 1;
            return attribute.Background ? areas
                : c.Add(new Slice(last, 1, areas.Shape[last].Factor - 1), name + "OfObjects", areas);
        }

        Value OverClasses(string name, Value areas) =>
            attribute.OverBatch ? c.Add(new SumAll(), name, areas) : c.Add(new Sum(1), name, areas);
    }

    private static long Positions(Shape result)
    {
        int classes = StepContext.ClassDimension(result);
        return result.Dims.Where((_, i) => i > 0 && i != classes).Aggregate(1L, (product, dim) => product * dim.Factor);
    }
}
