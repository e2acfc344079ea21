using Dsl.Generator.Binding;
using Dsl.Generator.Declarations;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schemes;

internal sealed class SimClr : EmbeddingScheme<SimClrAttribute<object, object>>
{
    protected override void Lower(
        SimClrAttribute<object, object> attribute, Bound<SchemeAttribute> declared, StepContext step)
    {
        Computation c = step.Computation;
        var views = declared.Declaration.Types;
        Scalar temperature = step.Hyperparameter(attribute, nameof(attribute.Temperature));
        Value both = c.Add(new Concatenate(0), "bothViews",
            step.ViewOfData(views[0], "First"), step.ViewOfData(views[1], "Second"));
        Value directions = step.Direction(step.Embed(step.Embedder, both, "embeddings"), "directions");
        step.WatchSpread(directions, "the other samples of a batch: take larger batches, or a lower Temperature");
        Value similarities = c.Add(
            new DivideBy(temperature), "scaledSimilarities", c.Add(new Linear(), "similarities", directions, directions));

        // A view is not told from itself.
        Value logits = c.Add(new Add(), "contrastLogits", similarities,
            c.Add(new RuntimeFunction("SamplePairs.WithoutSelf", default, similarities.Shape), "withoutSelf", similarities));
        Value partners = c.Add(new RuntimeFunction("SamplePairs.Partners", default,
            new TensorType(Shape.Of(both.Shape[0]), ElementType.Int64)), "partners", similarities);
        Value rows = step.CrossEntropies("contrast", logits, partners);
        step.AddTerm(new Term(
            "Contrastive", step.Mean("contrastive", rows), null, "mean −log softmax(u_i·u_k/τ, k ≠ i)[j]")
        {
            Symbols =
            [
                new("u", "the direction of the embedding of a view, of which a batch has two for each sample", null, null),
                new("i", "a view", null, null),
                new("j", "the other view of its sample", null, null),
                new("k", "any view", null, null),
                new("τ", "temperature", temperature.Code, Scalar.Literal(attribute.Temperature)),
            ],
        });
    }
}
