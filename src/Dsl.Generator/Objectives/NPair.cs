using System.Collections.Generic;
using Dsl.Generator.Declarations;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Objectives;

internal sealed class NPair : MetricObjective<NPairAttribute>
{
    protected override int SamplesPerClass => 2;

    protected override string Notation => "mean −log softmax(f_i·g_j)[i] + λ·mean ‖f‖²";

    protected override IReadOnlyList<Symbol> Symbols(NPairAttribute attribute) =>
    [
        new("f_i", "the embedding of the first sample of class i in the batch"),
        new("g_j", "that of the second sample of class j"),
        new("i", "a class of the batch"),
        new("f", "the embedding of any sample"),
        new("λ", "weight of the squared lengths", nameof(attribute.LengthPenalty)),
    ];

    protected override Value Lower(NPairAttribute attribute, Comparison compared)
    {
        Computation c = compared.Computation;
        Scalar penalty = compared.Hyperparameter(attribute, nameof(attribute.LengthPenalty));
        Value vectors = Distances.Vectors(attribute, compared);
        Value products = c.Add(new Linear(), "products", vectors, vectors);
        Value logits = c.Add(new Add(), "tupletLogits", products,
            Distances.Mask(compared, "OfPositives", "ofPositives", products.Shape, products));
        Value places = c.Add(new RuntimeFunction("MinedTriplets.PositiveOfAnchors", default,
            new TensorType(Shape.Of(products.Shape[0]), ElementType.Int64)), "positivePlaces", compared.Identity);
        Value rows = compared.Step.CrossEntropies("tuplets", logits, places);
        Scalar anchors = Scalar.Of(products.Shape[0]) / 2.0;
        Value mean = compared.Step.PartOfMean("tupletPart", c.Add(
            new DivideBy(anchors), "tuplet", c.Add(new SumAll(), "tupletSum", rows)), compared.Result.Shape);
        Value lengths = compared.Step.Mean("meanSquaredLength", c.Add(
            new Sum(1), "squaredLengths", c.Add(new Square(), "squaredComponents", vectors)));
        return c.Add(new Add(), "nPair", mean, c.Add(new Scale(penalty), "lengthPenalty", lengths));
    }
}
