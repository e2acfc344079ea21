using System.Globalization;

namespace Dsl.Runtime;

/// <summary>How well maps of classes agree with those that were given, over all positions of some data:
/// <c>SegmentationScores.Of(trainer.Report(data))</c>. Positions without a label count nothing.</summary>
public sealed class SegmentationScores
{
    private SegmentationScores(IReadOnlyList<ClassOverlap> classes, double accuracy) => (Classes, Accuracy) = (classes, accuracy);

    /// <summary>Every class in order.</summary>
    public IReadOnlyList<ClassOverlap> Classes { get; }

    /// <summary>The share of positions whose class is told, in [0, 1].</summary>
    public double Accuracy { get; }

    /// <summary>mIoU: the mean intersection over union of the classes that are given or said anywhere, in [0, 1]
    /// (Everingham et al. 2010, section 4.3 of the devkit, which computes it over all images).</summary>
    public double MeanIntersectionOverUnion => Mean(overlap => overlap.IntersectionOverUnion);

    /// <summary>The mean Dice coefficient of the same classes, in [0, 1].</summary>
    public double MeanDice => Mean(overlap => overlap.Dice);

    /// <summary>The scores of a report of classes at positions.</summary>
    /// <exception cref="InvalidOperationException">The report is of several labels, each a yes or no.</exception>
    public static SegmentationScores Of(ClassificationReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        long[,] confusions = report.ConfusionMatrix();
        int classes = report.Classes.Count;
        var overlaps = new List<ClassOverlap>();
        long right = 0, all = 0;
        for (int k = 0; k < classes; k++)
        {
            long said = 0, held = 0;
            for (int other = 0; other < classes; other++)
            {
                said += confusions[other, k];
                held += confusions[k, other];
            }

            long shared = confusions[k, k];
            right += shared;
            all += held;
            overlaps.Add(new ClassOverlap(
                report.Names[k], Share(shared, said + held - shared), Share(2 * shared, said + held), held));
        }

        return new SegmentationScores(overlaps, Share(right, all));
    }

    /// <summary>Every number by its name.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"mIoU {MeanIntersectionOverUnion:0.0000}, Dice {MeanDice:0.0000}, accuracy {Accuracy:0.0000}");

    private double Mean(Func<ClassOverlap, double> score) =>
        Classes.Select(score).Where(number => !double.IsNaN(number)).DefaultIfEmpty(double.NaN).Average();

    private static double Share(long part, long whole) => whole == 0 ? double.NaN : (double)part / whole;
}

/// <summary>How much the positions that are of a class and those that are said to be share.</summary>
/// <param name="Name">The class.</param>
/// <param name="IntersectionOverUnion">What they share over what they cover together, TP/(TP + FP + FN), in [0, 1]; NaN where
/// there is neither.</param>
/// <param name="Dice">Twice what they share over the sum of both, 2TP/(2TP + FP + FN); NaN likewise.</param>
/// <param name="Support">Positions of the class.</param>
public sealed record ClassOverlap(string Name, double IntersectionOverUnion, double Dice, long Support);
