using Dsl.Generator.Binding;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schemes;

internal sealed class VicReg : EmbeddingScheme<VicRegAttribute<object, object>>
{
    // Section 4.1: the deviation that is asked for, and what keeps its derivative finite.
    private const double Deviation = 1, Epsilon = 1e-4;

    protected override void Lower(
        VicRegAttribute<object, object> attribute, Bound<SchemeAttribute> declared, StepContext step)
    {
        Computation c = step.Computation;
        var views = declared.Declaration.Types;
        Value first = step.Embed(step.Embedder, step.ViewOfData(views[0], "First"), "first"),
        second = step.Embed(step.Embedder, step.ViewOfData(views[1], "Second"), "second");
        step.WatchSpread(step.Direction(first, "firstDirection"), "the variance term: give it a larger VarianceWeight");
        Value centredFirst = BatchStatistics.Centred(step, first, "firstCentred"),
        centredSecond = BatchStatistics.Centred(step, second, "secondCentred");
        Scalar others = Scalar.Of(first.Shape[0]) - 1.0;
        ExplainedSymbol embedding = new("z", "the embedding of one view of a sample", null, null),
        other = new("z̄", "that of the other view", null, null), view = new("v", "one of the two views", null, null),
        width = new("D", "components of an embedding", null, null);

        Value distance = step.Mean("invariance", c.Add(new Square(), "squaredDifferences",
            c.Add(new Subtract(), "differences", first, second)));
        step.AddTerm(new Term("Invariance", distance, Weight(nameof(attribute.InvarianceWeight)), "mean (z − z̄)²")
        {
            Symbols = [embedding, other],
        });
        Value lacking = c.Add(new Add(), "lacking", Lacking(centredFirst), Lacking(centredSecond));
        step.AddTerm(new Term(
            "Variance", step.PartOfMean("variancePart", c.Add(new Scale(0.5), "variance", lacking), first.Shape),
            Weight(nameof(attribute.VarianceWeight)),
            "½·Σ_v mean max(0, 1 − s_v)")
        {
            Symbols = [view, new("s_v", "(Var + 0.0001)^(1/2) of a component of its embeddings over the batch", null, null)],
        });
        Value common = c.Add(new Add(), "covariance", Common(centredFirst), Common(centredSecond));
        step.AddTerm(new Term(
            "Covariance", step.PartOfMean("covariancePart", common, first.Shape), Weight(nameof(attribute.CovarianceWeight)),
            "Σ_v Σ_{i≠j} C_v[i, j]²/D")
        {
            Symbols = [view, new("C_v", "covariances of the components of its embeddings over the batch", null, null), width],
        });

        Scalar Weight(string property) => step.Hyperparameter(attribute, property);

        // How much of the deviation each component lacks, its mean.
        Value Lacking(Value centred)
        {
            string name = centred.Hint;
            Value variances = BatchStatistics.Variances(step, centred, others, name + "Variances");
            Value deviations = c.Add(new SquareRoot(), name + "Deviations",
                c.Add(new AddNumber(Epsilon), name + "ShiftedVariances", variances));
            return c.Add(new Mean(), name + "Lack", c.Add(new ReLU(), name + "Lacks",
                c.Add(new AddNumber(Deviation), name + "Margins",
                    c.Add(new Scale(-1), name + "NegativeDeviations", deviations))));
        }

        Value Common(Value centred)
        {
            string name = centred.Hint;
            Value covariances = BatchStatistics.Products(step, centred, centred, others, name + "Covariances");
            Value squares = c.Add(new Multiply(), name + "Others",
                c.Add(new Square(), name + "SquaredCovariances", covariances), BatchStatistics.OffDiagonal(step, covariances));
            return c.Add(
                new DivideBy((double)first.Shape[1].Factor), name + "Common", c.Add(new SumAll(), name + "Sum", squares));
        }
    }
}
