using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Objectives;

internal sealed class RetinaNet : DetectionObjective<RetinaNetAttribute>
{
    // Four offsets stand before the logits of the classes.
    private const int Offsets = 4;

    protected override string Notation =>
        "(−Σ_C α_t·(1 − p_t)^γ·log p_t + λ·Σ_O smooth_β(o − t))/n, p = σ(c)";

    protected override IReadOnlyList<Symbol> Symbols(RetinaNetAttribute attribute) =>
    [
        new("C", "every class of the anchors that are clearly an object or clearly background"),
        new("c", "logits of the classes"),
        new("p_t", "p where the class is there, and 1 − p where it is not"),
        new("α_t", "weight of a class that is there, and one minus that where it is not", nameof(attribute.Alpha)),
        new("γ", "how much less counts what is classified well", nameof(attribute.Gamma)),
        new("λ", "weight of the offsets' errors", nameof(attribute.OffsetWeight)),
        new("O", "anchors that stand for an object"),
        new("smooth_β", "e²/(2β) of an error below β, |e| − β/2 of a larger one"),
        new("β", "the error up to which it counts as a square", nameof(attribute.Beta)),
        new("o", "offsets of an anchor"),
        new("t", "the offsets of its object"),
        new("n", "the number of anchors that stand for an object, at least 1"),
    ];

    protected override void Check(RetinaNetAttribute attribute, ResultCheck result)
    {
        RefuseParts(result, "anchors");
        double octave = Math.Pow(2, 1 - (1.0 / attribute.ScalesPerOctave));
        string? problem = attribute.Maps.Length == 0 ? "Maps has no map: say how many cells a side of each has"
            : attribute.Maps.Any(cells => cells < 1) ? "a map in Maps has no cell"
            : attribute.Scales.Length != attribute.Maps.Length
                ? $"Scales has {attribute.Scales.Length} numbers for {attribute.Maps.Length} maps: there is one for each"
            : attribute.Scales.Any(scale => !(scale > 0 && scale * octave <= 1))
                ? "a scale is not above 0, or the largest of its octave, "
                    + $"{Scalar.Literal(Math.Round(octave, 4))} times as large, is above 1"
            : attribute.Ratios.Length == 0 || attribute.Ratios.Any(ratio => !(ratio > 0 && !double.IsInfinity(ratio)))
                ? "Ratios has none, or one that is not above 0"
            : attribute.Background > attribute.Threshold
                ? $"Background = {Scalar.Literal(attribute.Background)} is above Threshold = "
                    + $"{Scalar.Literal(attribute.Threshold)}: an anchor would be both"
            : null;
        if (problem is not null)
        {
            result.Report(Catalogue.PriorsContradict, null, result.Name, problem);
            return;
        }

        Shape shape = result.Result.Shape;
        if (shape.Rank != 3 || shape[2].Factor <= Offsets)
        {
            result.Report(Catalogue.NoDetections, null, result.Name, "[N, P, 4 + K] of P anchors and K classes",
                result.ModelName, shape.ToString(),
                "append the rows of two heads, [Conv2d(A*4, 3, Padding = 1), Permute(2, 3, 1), Reshape(-1, 4)] and "
                + "[Conv2d(A*K, 3, Padding = 1), Permute(2, 3, 1), Reshape(-1, K)]");
            return;
        }

        int each = attribute.Ratios.Length * attribute.ScalesPerOctave;
        long anchors = attribute.Maps.Sum(cells => (long)cells * cells * each);
        if (shape[1] == anchors) return;
        string sum = string.Join(" + ", attribute.Maps.Select(cells => $"{cells}²"));
        result.Report(Catalogue.OtherPriors, nameof(attribute.Maps), result.Name, anchors.ToString(),
            $"{(attribute.Maps.Length == 1 ? sum : $"({sum})")}·{each}", result.ModelName, shape.ToString());
    }

    protected override Value Lower(RetinaNetAttribute attribute, Comparison compared)
    {
        Computation c = compared.Computation;
        Value output = compared.Result;
        Shape shape = output.Shape;
        long classes = shape[2].Factor - Offsets;
        string numbers = $"[{Spelling.Join([.. attribute.Maps.Select(cells => (long)cells)])}], [{Literals(attribute.Scales)}], "
            + $"{attribute.ScalesPerOctave}, [{Literals(attribute.Ratios)}]";
        string detector = Detector(compared, "RetinaNetDetector", $"new(new PyramidAnchors({numbers}))");
        Scalar threshold = compared.Hyperparameter(attribute, nameof(attribute.Threshold)),
        background = compared.Hyperparameter(attribute, nameof(attribute.Background)),
        alpha = compared.Hyperparameter(attribute, nameof(attribute.Alpha)),
        gamma = compared.Hyperparameter(attribute, nameof(attribute.Gamma)),
        beta = compared.Hyperparameter(attribute, nameof(attribute.Beta)),
        weight = compared.Hyperparameter(attribute, nameof(attribute.OffsetWeight));
        Value labels = compared.Objects((int)classes);
        var column = new TensorType(shape.With(2, 1));
        var targets = c.AddMany(
            new RuntimeFunction("RetinaNetTargets.Of", new([$"{detector}.Anchors", threshold.Code, background.Code]),
                new EquatableArray<TensorType>(
                [
                    new TensorType(shape.With(2, classes)), column, new TensorType(shape.With(2, Offsets)), column,
                    new TensorType(Shape.Of()),
                ])), ["classTargets", "counted", "offsetTargets", "standing", "standingCount"], labels, output);
        Value offsets = c.Add(
            new Multiply(), "standingOffsets", c.Add(new Slice(2, 0, Offsets), "offsets", output), targets[3]);
        Value errors = c.Add(new SmoothAbsoluteError(beta, Reduced.Sum), "offsetErrors", offsets, targets[2]);
        Value logits = c.Add(new Slice(2, Offsets, classes), "classLogits", output);
        Value focal = SigmoidFocal.Elements(c, logits, targets[0], gamma, alpha);
        Value lost = c.Add(new SumAll(), "classErrors", c.Add(new Multiply(), "countedFocal", focal, targets[1]));
        Value sum = c.Add(new Add(), "anchorErrors", lost, c.Add(new Scale(weight), "weightedOffsetErrors", errors));
        return c.Add(new LabelMean(IsZero: true), "retinaNet", sum, targets[4]);
    }

    private static string Literals(IEnumerable<double> numbers) => string.Join(", ", numbers.Select(Scalar.Literal));
}
