using Dsl.Generator.Binding;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schemes;

internal sealed class BarlowTwins : EmbeddingScheme<BarlowTwinsAttribute<object, object>>
{
    // Batch normalisation's, which the authors standardise by.
    private const double Epsilon = 1e-5;

    protected override void Lower(
        BarlowTwinsAttribute<object, object> attribute, Bound<SchemeAttribute> declared, StepContext step)
    {
        Computation c = step.Computation;
        var views = declared.Declaration.Types;
        Scalar redundancy = step.Hyperparameter(attribute, nameof(attribute.Redundancy));
        Value first = step.Embed(step.Embedder, step.ViewOfData(views[0], "First"), "first"),
        second = step.Embed(step.Embedder, step.ViewOfData(views[1], "Second"), "second");
        step.WatchSpread(step.Direction(first, "firstDirection"),
            "the diagonal of the correlations: take a smaller learning rate, or larger batches");
        Scalar count = Scalar.Of(first.Shape[0]);
        Value correlations = BatchStatistics.Products(step, Standardised(first), Standardised(second), count, "correlations");

        // The squares of C − 1 are those of 1 − C on the diagonal, and of C elsewhere.
        Value identity = c.Add(
            new RuntimeFunction("SamplePairs.Identity", default, correlations.Shape), "identity", correlations);
        Value squares = c.Add(new Square(), "squares", c.Add(new Subtract(), "differences", correlations, identity));
        Value redundant = c.Add(new SumAll(), "redundancy",
            c.Add(new Multiply(), "redundantSquares", squares, BatchStatistics.OffDiagonal(step, correlations)));
        Value invariance = c.Add(new SumAll(), "invariance", c.Add(new Multiply(), "invariantSquares", squares, identity));
        ExplainedSymbol correlation = new(
            "C", "correlations over the batch between the embeddings of two views, [D, D]", null, null);
        step.AddTerm(
            new Term("Invariance", step.PartOfMean("invariancePart", invariance, first.Shape), null, "Σ_i (1 − C_ii)²")
        {
            Symbols = [correlation],
        });
        step.AddTerm(new Term(
            "Redundancy", step.PartOfMean("redundancyPart", redundant, first.Shape), redundancy, "Σ_{i≠j} C_ij²")
        {
            Symbols = [correlation],
        });

        Value Standardised(Value vectors)
        {
            Value centred = BatchStatistics.Centred(step, vectors, vectors.Hint + "Centred");
            Value variances = BatchStatistics.Variances(step, centred, count, vectors.Hint + "Variances");
            return c.Add(new Multiply(), vectors.Hint + "Standardised", centred, c.Add(
                new InverseRoot(), vectors.Hint + "InverseDeviations",
                c.Add(new AddNumber(Epsilon), vectors.Hint + "ShiftedVariances", variances)));
        }
    }
}
