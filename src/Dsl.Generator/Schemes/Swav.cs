using Dsl.Generator.Binding;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schemes;

internal sealed class Swav : EmbeddingScheme<SwavAttribute<object, object>>
{
    protected override void Lower(
        SwavAttribute<object, object> attribute, Bound<SchemeAttribute> declared, StepContext step)
    {
        Computation c = step.Computation;
        var views = declared.Declaration.Types;
        Scalar temperature = step.Hyperparameter(attribute, nameof(attribute.Temperature)),
            epsilon = step.Hyperparameter(attribute, nameof(attribute.Epsilon)),
            iterations = step.Hyperparameter(attribute, nameof(attribute.Iterations));
        Value both = c.Add(new Concatenate(0), "bothViews",
            step.ViewOfData(views[0], "First"), step.ViewOfData(views[1], "Second"));
        Value directions = step.Direction(step.Embed(step.Embedder, both, "embeddings"), "directions");
        step.WatchSpread(directions, "the even codes: take a smaller Epsilon, or a smaller learning rate");
        Value prototypes = step.LearnedDirections("Prototypes",
            "Directions that samples are shared out among", attribute.Prototypes, directions.Shape[1].Factor);
        Value scores = c.Add(new Linear(), "scores", directions, prototypes);
        Value codes = c.Add(new RuntimeFunction(
            "SinkhornCodes.Swapped", new(new[] { epsilon.Code, iterations.Code }), scores.Shape), "codes", scores);
        Value logs = c.Add(
            new LogSoftmax(), "logProbabilities", c.Add(new DivideBy(temperature), "scaledScores", scores));
        Value rows = c.Add(new Sum(1), "codeLikelihoods", c.Add(new Multiply(), "codeLogs", codes, logs));
        step.AddTerm(new Term("Swapped", step.Mean("swapped", c.Add(new Scale(-1), "surprise", rows)), null,
            "−mean Σ q·log softmax(u·c/τ)")
        {
            Symbols =
            [
                new("u", "the direction of the embedding of a view, of which a batch has two for each sample", null, null),
                new("c", "the prototypes", null, null),
                new("q", "what share each prototype has of the other view, by Sinkhorn and Knopp's iterations", null, null),
                new("τ", "temperature", temperature.Code, Scalar.Literal(attribute.Temperature)),
            ],
        });
    }
}
