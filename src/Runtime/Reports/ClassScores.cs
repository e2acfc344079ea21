namespace Dsl.Runtime;

/// <summary>How well a class is told from the others, as scikit-learn's <c>classification_report</c> defines it; 0 where a share
/// has
/// nothing below it.</summary>
/// <param name="Name">The class, or what the mean is over.</param>
/// <param name="Precision">Of what was said to be of the class, the share that is, in [0, 1].</param>
/// <param name="Recall">Of what is of the class, the share that was said to be, in [0, 1].</param>
/// <param name="F1">The harmonic mean of both, 2TP/(2TP + FP + FN), in [0, 1].</param>
/// <param name="Support">Samples of the class.</param>
public sealed record ClassScores(string Name, double Precision, double Recall, double F1, long Support)
{
    internal static ClassScores Of(string name, long right, long said, long held) =>
        new(name, Share(right, said), Share(right, held), Share(2 * right, said + held), held);

    /// <summary>The mean over classes, each counted alike.</summary>
    internal static ClassScores Macro(IReadOnlyList<ClassScores> classes) => Mean("macro mean", classes, _ => 1);

    /// <summary>The mean over classes, each counted by its samples.</summary>
    internal static ClassScores Weighted(IReadOnlyList<ClassScores> classes) =>
        Mean("weighted mean", classes, scores => scores.Support);

    private static ClassScores Mean(string name, IReadOnlyList<ClassScores> classes, Func<ClassScores, double> weight)
    {
        double sum = classes.Sum(weight);
        return new ClassScores(
            name, classes.Sum(scores => weight(scores) * scores.Precision) / sum,
                classes.Sum(scores => weight(scores) * scores.Recall) / sum,
            classes.Sum(scores => weight(scores) * scores.F1) / sum, classes.Sum(scores => scores.Support));
    }

    private static double Share(long part, long whole) => whole == 0 ? 0 : (double)part / whole;
}

/// <summary>A class that is taken for another one.</summary>
/// <param name="Actual">What it is.</param>
/// <param name="Predicted">What was said.</param>
/// <param name="Count">How often.</param>
/// <param name="Share">Of the samples of the class, in (0, 1].</param>
public sealed record ClassConfusion(string Actual, string Predicted, long Count, double Share);

/// <summary>How well a group of classes is told.</summary>
/// <param name="Name">The group.</param>
/// <param name="Accuracy">The mean over its classes of the share of their samples that is told right, in [0, 1].</param>
/// <param name="Classes">How many classes with samples it has.</param>
/// <param name="Support">How many samples.</param>
public sealed record GroupAccuracy(string Name, double Accuracy, int Classes, long Support);
