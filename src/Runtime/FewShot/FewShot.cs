using System.Globalization;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>How well classes are told from a few samples of each, as a mean over tasks.</summary>
public static class FewShot
{
    /// <summary>Classifies the query samples of each task by the prototypes of its support samples.</summary>
    /// <param name="embedder">Gives a vector for each sample, [N, D]; in evaluation mode, whatever mode it is in.</param>
    /// <param name="episodes">Tasks with classes as labels, such as <see cref="ClassEpisodes"/>; all of them are taken.</param>
    /// <param name="device">Where the network lives; null for the CPU.</param>
    /// <param name="normalizes">Whether vectors are divided by their length first.</param>
    /// <exception cref="DataMismatchException">Labels that are no classes, or a task with one class.</exception>
    public static FewShotEvaluation Evaluate(
        nn.Module<Tensor, Tensor> embedder, IEpisodeSource episodes, Device? device = null, bool normalizes = false) =>
        Evaluate(episodes, (inputs, labels) => PrototypeClassifier.Of(embedder, inputs, labels, normalizes), device);

    /// <summary>Classifies the query samples of each task by a network made of its support samples: by prototypes, or by a
    /// trainer's <c>Adapt</c>.</summary>
    /// <param name="episodes">Tasks with classes 0, 1, ... as labels.</param>
    /// <param name="learn">Makes a network with logits [N, W] of support samples [S, ...] and their labels [S]; it is
    /// disposed.</param>
    /// <param name="device">Where networks live; null for the CPU.</param>
    /// <exception cref="DataMismatchException">Labels that are no classes.</exception>
    public static FewShotEvaluation Evaluate(
        IEpisodeSource episodes, Func<Tensor, Tensor, nn.Module<Tensor, Tensor>> learn, Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(episodes);
        ArgumentNullException.ThrowIfNull(learn);
        device ??= CPU;
        var accuracies = new double[episodes.Count];
        for (long task = 0; task < episodes.Count; task++)
        {
            using var scope = NewDisposeScope();
            using var index = tensor(new[] { task });
            Tensor labels = OfTask(episodes.ReadSupportLabels(index), device);
            Tensor asked = OfTask(episodes.ReadQueryLabels(index), device);
            if (labels.dtype != ScalarType.Int64 || labels.dim() != 1 || asked.dtype != ScalarType.Int64 || asked.dim() != 1)
            {
                throw new DataMismatchException(
                    $"Labels of a task are [S] of Int64, but task {task} has [{string.Join(", ", labels.shape)}] of "
                    + $"{labels.dtype}.");
            }

            using var classifier = learn(OfTask(episodes.ReadSupportInputs(index), device), labels);
            Tensor place = classifier.Predict(OfTask(episodes.ReadQueryInputs(index), device)).argmax(1);

            // Prototypes have a column for each class that is there, in order.
            if (classifier is PrototypeClassifier known) place = tensor(known.Classes.ToArray(), device: device)[place];
            using var noGrad = no_grad();
            accuracies[task] = Aten.item(place.eq(asked).to_type(ScalarType.Float64).mean());
        }

        return new FewShotEvaluation(accuracies);
    }

    private static Tensor OfTask(Tensor part, Device device) => DataTransfer.To(part.squeeze(0), device);
}

/// <summary>Accuracies of tasks.</summary>
/// <param name="Accuracies">The share of query samples that were told right, of each task.</param>
public sealed record FewShotEvaluation(IReadOnlyList<double> Accuracies)
{
    // Of the standard normal distribution, as papers on few samples have it.
    private const double Quantile = 1.96;

    /// <summary>Their mean.</summary>
    public double Accuracy => Accuracies.Average();

    /// <summary>Their standard deviation, with n − 1; 0 for one task.</summary>
    public double Deviation => Accuracies.Count < 2 ? 0
        : Math.Sqrt(Accuracies.Sum(accuracy => (accuracy - Accuracy) * (accuracy - Accuracy)) / (Accuracies.Count - 1));

    /// <summary>Half the width of the mean's interval of 95 % confidence, 1.96·s/√E for E tasks.</summary>
    public double Confidence => Quantile * Deviation / Math.Sqrt(Accuracies.Count);

    /// <summary>As papers have it: <c>68.2 ± 0.7 % of 600 tasks</c>.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Accuracy * 100:0.0} ± {Confidence * 100:0.0} % of {Accuracies.Count} tasks");
}
