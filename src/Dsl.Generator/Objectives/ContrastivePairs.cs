using System.Collections.Generic;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Objectives;

internal sealed class ContrastivePairs : MetricObjective<ContrastivePairsAttribute>
{
    protected override string Notation => "mean ½·s·d² + ½·(1 − s)·max(0, m − d)²";

    protected override IReadOnlyList<Symbol> Symbols(ContrastivePairsAttribute attribute) =>
    [
        new("d", "the distance of two embeddings of the batch"),
        new("s", "1 where both are of a class, else 0"),
        new("m", "the margin", nameof(attribute.Margin)),
    ];

    protected override Value Lower(ContrastivePairsAttribute attribute, Comparison compared)
    {
        Computation c = compared.Computation;
        Scalar margin = compared.Hyperparameter(attribute, nameof(attribute.Margin));
        Value squares = Distances.Squared(compared, Distances.Vectors(attribute, compared));
        Value distances = c.Add(new SquareRoot(), "distances", squares);
        Value same = Distances.Mask(compared, "Positives", "positives", squares.Shape, squares),
        different = Distances.Mask(compared, "Negatives", "negatives", squares.Shape, squares);
        Value gaps = c.Add(new ReLU(), "gaps", c.Add(
            new AddNumber(margin), "margins", c.Add(new Scale(-1), "negativeDistances", distances)));
        Value losses = c.Add(new Add(), "pairLosses",
            c.Add(new Multiply(), "pulls", squares, same),
            c.Add(new Multiply(), "pushes", c.Add(new Square(), "squaredGaps", gaps), different));

        // Each pair stands in the matrix twice, and so in the count.
        Value pairs = c.Add(new Add(), "comparedPairs", same, different);
        return Distances.Mean(compared, "contrastivePairs", c.Add(new Scale(0.5), "halfLosses", losses), pairs);
    }
}
