using Dsl.Generator.Binding;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schemes;

internal sealed class Dino : EmbeddingScheme<DinoAttribute<object, object>>
{
    protected override void Lower(DinoAttribute<object, object> attribute, Bound<SchemeAttribute> declared, StepContext step)
    {
        Computation c = step.Computation;
        var types = declared.Declaration.Types;
        Scalar ema = step.Hyperparameter(attribute, nameof(attribute.Ema)),
        temperature = step.Hyperparameter(attribute, nameof(attribute.Temperature)),
        sharpness = step.Hyperparameter(attribute, nameof(attribute.TeacherTemperature)),
        decay = step.Hyperparameter(attribute, nameof(attribute.CenterDecay));
        Embedder average = step.AverageEmbedder("teacher", "The moving average of the trained network, which teaches it",
            "the teacher, the average of the trained network,",
            Averaging.Growing(step.Trainer, "DinoDecayAt", "teacher's", ema));
        Value firstView = step.ViewOfData(types[0], "First"), secondView = step.ViewOfData(types[1], "Second");
        Value first = step.Embed(step.Embedder, firstView, "first"), second = step.Embed(step.Embedder, secondView, "second");
        step.WatchSpread(step.Direction(first, "firstDirection"),
            "the centre and the sharpness: take a lower TeacherTemperature, or a smaller learning rate");
        Value toFirst = step.AskEmbedding(average, firstView, "taughtFirst"),
        toSecond = step.AskEmbedding(average, secondView, "taughtSecond");
        StateNode centre = step.MovingMean("center", "the mean of the teacher's outputs", first.Shape[1].Factor);
        Value mean = step.ReadMean(centre);
        Value forward = Surprises("forward", toFirst, second), backward = Surprises("backward", toSecond, first);
        step.AddTerm(new Term("SelfDistillation", step.Mean("selfDistillation", c.Add(
            new Scale(-0.5), "surprises", c.Add(new Add(), "agreements", forward, backward))), null,
            "½·mean H(p̄_1, p_2) + ½·mean H(p̄_2, p_1), H(p̄, p) = −Σ p̄·log p")
        {
            Symbols =
            [
                new("p_1", "softmax(z/τ) of the network's outputs z for one view of a sample", null, null),
                new("p_2", "that of the other view", null, null),
                new("p̄_1", "softmax((z̄ − c)/τ̄) of the average's outputs z̄ for one view", null, null),
                new("p̄_2", "that of the other view", null, null),
                new("c", "the moving mean of the average's outputs", null, null),
                new("τ", "temperature", temperature.Code, Scalar.Literal(attribute.Temperature)),
                new("τ̄", "the average's temperature", sharpness.Code, Scalar.Literal(attribute.TeacherTemperature)),
            ],
        });
        step.Offer(centre, c.Add(new Concatenate(0), "taught", toFirst, toSecond), decay);

        // Σ p̄·log p of each sample.
        Value Surprises(string name, Value taught, Value told)
        {
            Value targets = c.Add(new Softmax(), name + "Targets", c.Add(new DivideBy(sharpness), name + "Sharpened",
                c.Add(new Subtract(), name + "Centered", taught, mean)));
            Value logs = c.Add(new LogSoftmax(), name + "Logs", c.Add(new DivideBy(temperature), name + "Logits", told));
            return c.Add(new Sum(1), name, c.Add(new Multiply(), name + "Products", targets, logs));
        }
    }
}
