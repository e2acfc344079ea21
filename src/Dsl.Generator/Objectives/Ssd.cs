using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Objectives;

internal sealed class Ssd : DetectionObjective<SsdAttribute>
{
    // Four offsets and the logit of background stand before those of the classes.
    private const int Others = 5;

    protected override string Notation => "(Σ_C −log softmax(c)[y] + α·Σ_O smooth_1(o − t))/n";

    protected override IReadOnlyList<Symbol> Symbols(SsdAttribute attribute) =>
    [
        new("C", "priors that stand for an object, and the hardest others"),
        new("c", "logits of background and the classes"),
        new("α", "weight of the offsets' errors", nameof(attribute.OffsetWeight)),
        new("O", "priors that stand for an object"),
        new("smooth_1", "e²/2 of an error of at most 1, |e| − ½ of a larger one"),
        new("o", "offsets of a prior"),
        new("t", "the offsets of its object"),
        new("n", "the number of priors that stand for an object"),
    ];

    protected override void Check(SsdAttribute attribute, ResultCheck result)
    {
        RefuseParts(result, "priors");
        int maps = attribute.Maps.Length;
        string? problem = maps == 0 ? "Maps has no map: say how many cells a side of each has"
            : attribute.Maps.Any(cells => cells < 1) ? "a map in Maps has no cell"
            : attribute.Scales.Length != maps + 1
                ? $"Scales has {attribute.Scales.Length} numbers for {maps} maps: one for each, and one more, are {maps + 1}"
            : attribute.Scales.Any(scale => scale is not (> 0 and <= 1)) ? "a scale lies outside of (0, 1]"
            : attribute.Ratios.Length == 0 || attribute.Ratios.Any(ratio => !(ratio > 0 && !double.IsInfinity(ratio)))
                ? "Ratios has none, or one that is not above 0"
            : null;
        if (problem is not null)
        {
            result.Report(Catalogue.PriorsContradict, null, result.Name, problem);
            return;
        }

        Shape shape = result.Result.Shape;
        if (shape.Rank != 3 || shape[2].Factor <= Others)
        {
            result.Report(Catalogue.NoDetections, null, result.Name, "[N, P, 4 + 1 + K] of P priors and K classes",
                result.ModelName, shape.ToString(),
                "end a head with [Conv2d(A*(5 + K), 3, Padding = 1), Permute(2, 3, 1), Reshape(-1, 5 + K)]");
            return;
        }

        int each = attribute.Ratios.Length + 1;
        long priors = attribute.Maps.Sum(cells => (long)cells * cells * each);
        if (shape[1] == priors) return;
        string sum = string.Join(" + ", attribute.Maps.Select(cells => $"{cells}²"));
        result.Report(Catalogue.OtherPriors, nameof(attribute.Maps), result.Name, priors.ToString(),
            $"{(maps == 1 ? sum : $"({sum})")}·{each}", result.ModelName, shape.ToString());
    }

    protected override Value Lower(SsdAttribute attribute, Comparison compared)
    {
        Computation c = compared.Computation;
        Value output = compared.Result;
        Shape shape = output.Shape;
        long logits = shape[2].Factor - 4;
        string numbers = $"[{Spelling.Join([.. attribute.Maps.Select(cells => (long)cells)])}], "
            + $"[{Literals(attribute.Scales)}], [{Literals(attribute.Ratios)}]";
        string detector = Detector(compared, "SsdDetector", $"new(new PriorBoxes({numbers}))");
        Scalar threshold = compared.Hyperparameter(attribute, nameof(attribute.Threshold));
        Scalar negatives = compared.Hyperparameter(attribute, nameof(attribute.Negatives));
        Scalar weight = compared.Hyperparameter(attribute, nameof(attribute.OffsetWeight));
        Dim rows = StepContext.Elements(shape.Without(2));
        Value labels = compared.Objects((int)logits - 1);
        var targets = c.AddMany(
            new RuntimeFunction("SsdTargets.Of", new([$"{detector}.Priors", threshold.Code]), new EquatableArray<TensorType>(
            [
                new TensorType(Shape.Of(rows), ElementType.Int64), new TensorType(shape.With(2, 4)),
                new TensorType(shape.With(2, 1)),
            ])), ["classTargets", "offsetTargets", "standing"], labels, output);
        Value offsets = c.Add(new Multiply(), "standingOffsets", c.Add(new Slice(2, 0, 4), "offsets", output), targets[2]);
        Value errors = c.Add(new SmoothAbsoluteError(1, Reduced.Sum), "offsetErrors", offsets, targets[1]);

        Value each = compared.Step.CrossEntropies("priorLosses",
            c.Add(new Reshape(Shape.Of(rows, logits)), "priorLogits", c.Add(new Slice(2, 4, logits), "classLogits", output)),
            targets[0]);
        Value mined = c.Add(
            new RuntimeFunction("SsdTargets.Mine", new([negatives.Code]), Shape.Of(rows)), "mined", each, targets[2]);
        Value classes = c.Add(new SumAll(), "classErrors", c.Add(new Multiply(), "minedLosses", each, mined));
        Value sum = c.Add(new Add(), "priorErrors", classes, c.Add(new Scale(weight), "weightedOffsetErrors", errors));
        return c.Add(new LabelMean(IsZero: true), "ssd", sum, c.Add(new SumAll(), "standingCount", targets[2]));
    }

    private static string Literals(IEnumerable<double> numbers) => string.Join(", ", numbers.Select(Scalar.Literal));
}
