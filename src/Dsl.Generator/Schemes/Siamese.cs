using Dsl.Generator.Binding;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schemes;

internal sealed class Siamese : EmbeddingScheme<SiameseAttribute>
{
    // Halves that are alike have no direction to be moved in: below it the distance is constant.
    private const double LeastSquare = 1e-12;

    protected override void Lower(SiameseAttribute attribute, Bound<SchemeAttribute> declared, StepContext step)
    {
        Computation c = step.Computation;
        Scalar margin = step.Hyperparameter(attribute, nameof(attribute.Margin));
        Value first = step.View(step.Data, "First"), second = step.View(step.FurtherFor(step.Model, "Other"), "Second");
        Dim rows = first.Shape[0];
        Value label = step.ReadLabel(new TensorType(Shape.Of(rows), ElementType.Int64),
            "1 for halves that belong together, 0 for others [N], int64", classes: 2);
        Value embeddings = step.Embed(step.Embedder, c.Add(new Concatenate(0), "bothHalves", first, second), "embeddings");
        step.WatchSpread(step.Direction(embeddings, "directions"), "pairs that do not belong together: give more of them");
        var halves = c.AddMany(
            new Split(new([rows, rows])), ["firstEmbeddings", "secondEmbeddings"], embeddings);
        Value sums = c.Add(new Sum(1), "squaredSums", c.Add(
            new Square(), "squaredDifferences", c.Add(new Subtract(), "differences", halves[0], halves[1])));
        Value squares = c.Add(new ClampMinimum(LeastSquare), "squaredDistances", sums);
        Value same = c.Add(new RuntimeFunction("SamplePairs.Same", default, squares.Shape), "same", label, squares),
        different = c.Add(new RuntimeFunction("SamplePairs.Different", default, squares.Shape), "different", label, squares);
        Value gaps = c.Add(new ReLU(), "gaps", c.Add(new AddNumber(margin), "margins", c.Add(
            new Scale(-1), "negativeDistances", c.Add(new SquareRoot(), "distances", squares))));
        Value losses = c.Add(new Add(), "pairLosses",
            c.Add(new Multiply(), "pulls", squares, same),
            c.Add(new Multiply(), "pushes", c.Add(new Square(), "squaredGaps", gaps), different));

        // Labels that are left out count neither way.
        Value count = c.Add(new SumAll(), "labelledPairs", c.Add(new Add(), "known", same, different));
        Value mean = c.Add(new LabelMean(IsZero: false), "meanOfPairs", c.Add(new SumAll(), "sumOfPairs", losses), count);
        step.AddTerm(new Term("Pairs", c.Add(new Scale(0.5), "pairs", step.PartOfMean("part", mean, squares.Shape)), null,
            "mean ½·s·d² + ½·(1 − s)·max(0, m − d)²")
        {
            Symbols =
            [
                new("d", "the distance between the embeddings of the two halves of a pair", null, null),
                new("s", "1 where they belong together, else 0", null, null),
                new("m", "the margin", margin.Code, Scalar.Literal(attribute.Margin)),
            ],
        });
    }
}
