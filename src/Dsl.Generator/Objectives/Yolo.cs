using System.Collections.Generic;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Objectives;

internal sealed class Yolo : DetectionObjective<YoloAttribute>
{
    protected override string Notation => "mean Σ w·(z − t)²";

    protected override IReadOnlyList<Symbol> Symbols(YoloAttribute attribute) =>
    [
        new("w", "weight of a number of the grid: that of coordinates or 1 where the box is responsible for an object, that of "
            + "empty boxes for other confidences, 1 for classes where an object is, else 0"),
        new("t", "what it is to be: place, √ of the size, overlap, or class of the object"),
    ];

    protected override void Check(YoloAttribute attribute, ResultCheck result)
    {
        Shape shape = result.Result.Shape;
        long grid = attribute.Grid, cells = grid * grid, boxes = 5L * attribute.Boxes;
        bool isFlat = shape.Rank == 2 && shape[1].Factor % cells == 0 && shape[1].Factor / cells > boxes;
        bool isMap = shape.Rank == 4 && shape[2] == grid && shape[3] == grid && shape[1].Factor > boxes;
        if (isFlat || isMap) return;
        result.Report(Catalogue.NoDetections, null, result.Name,
            $"[N, {boxes} + K, {grid}, {grid}] or [N, {cells}·({boxes} + K)] of K classes", result.ModelName, shape.ToString(),
            $"end the model with [Flatten, Linear({cells}*({boxes} + K))], or with a Conv2d on a map of {grid} x {grid}");
    }

    protected override Value Lower(YoloAttribute attribute, Comparison compared)
    {
        Computation c = compared.Computation;
        Value output = compared.Result;
        long grid = attribute.Grid;
        Detector(compared, "YoloDetector", $"new({attribute.Grid}, {attribute.Boxes})");
        Value cells = output.Shape.Rank == 4
            ? c.Add(new Permute(new EquatableArray<long>([0L, 2L, 3L, 1L])), "cells", output)
            : c.Add(new Reshape(Shape.Of(output.Shape[0], grid, grid, output.Shape[1].Factor / (grid * grid))), "cells", output);
        Scalar coordinates = compared.Hyperparameter(attribute, nameof(attribute.CoordinateWeight)),
        empty = compared.Hyperparameter(attribute, nameof(attribute.EmptyWeight));
        Value labels = compared.Objects((int)cells.Shape[3].Factor - (5 * attribute.Boxes));
        var compare = c.AddMany(
            new RuntimeFunction("YoloTargets.Of", new([attribute.Boxes.ToString(), coordinates.Code, empty.Code]),
                new EquatableArray<TensorType>([cells.Type, cells.Type])), ["cellTargets", "cellWeights"], labels, cells);
        Value squares = c.Add(new Square(), "squaredErrors", c.Add(new Subtract(), "errors", cells, compare[0]));
        Value sums = SumsOfSamples(c, "gridErrors", c.Add(new Multiply(), "weightedSquares", squares, compare[1]));
        return compared.Step.Mean("yolo", sums);
    }
}
