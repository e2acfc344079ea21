using System.Globalization;
using Spectre.Console;

namespace Dsl.Runtime;

/// <summary>How well a network tells classes apart, class by class: <c>trainer.Report(data)</c>. Printed, it is a text.</summary>
public sealed class ClassificationReport : IEvaluationReport
{
    private const int LargestMatrix = 20, MostClasses = 40, ShownConfusions = 5;

    private readonly PredictionRecord _record;

    private ClassificationReport(IEvaluation evaluation, PredictionRecord record, IReadOnlyList<string> names)
    {
        (Evaluation, _record) = (evaluation, record);
        bool areFlags = record.Kind == PredictionKind.Flags;
        IsMultiLabel = areFlags && record.Outputs > 1;
        int classes = IsMultiLabel ? record.Outputs : areFlags ? 2 : record.Outputs;
        Names = areFlags && !IsMultiLabel ? ["no", "yes"] : names.Count == classes ? names
            : names.Count == 0 ? ColumnSchema.ClassNames(classes)
            : throw new ArgumentException($"There are {names.Count} names for {classes} classes.", nameof(names));
        Classes = [.. Enumerable.Range(0, classes).Select(Score)];
        Calibration = record.Calibration();
    }

    /// <summary>The evaluation that it is of.</summary>
    public IEvaluation Evaluation { get; }

    /// <summary>The classes' names, or the labels'; their numbers where no names are known.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Whether each label is a yes or no of its own; <see cref="Classes"/> then says how well a yes is told.</summary>
    public bool IsMultiLabel { get; }

    /// <summary>Every class in order, also those without a sample.</summary>
    public IReadOnlyList<ClassScores> Classes { get; }

    /// <summary>The mean over the classes, each counted alike.</summary>
    public ClassScores Macro => ClassScores.Macro(Classes);

    /// <summary>The mean over the classes, each counted by its samples.</summary>
    public ClassScores Weighted => ClassScores.Weighted(Classes);

    /// <summary>Predictions by their confidence, in 15 bins of equal width: that of a class is its probability, that of a yes or
    /// no
    /// the probability of what was said.</summary>
    public IReadOnlyList<CalibrationBin> Calibration { get; }

    /// <summary>The expected calibration error, in [0, 1]: distances of confidence and accuracy, each bin by its size (Guo et al.
    /// 2017,
    /// arXiv 1706.04599, equation 3).</summary>
    public double CalibrationError
    {
        get
        {
            var filled = Calibration.Where(bin => bin.Count > 0).ToList();
            return filled.Sum(bin => bin.Count * Math.Abs(bin.Confidence - bin.Accuracy)) / filled.Sum(bin => bin.Count);
        }
    }

    /// <summary>How often each class (row) was predicted as each (column); of several labels there is none.</summary>
    /// <exception cref="InvalidOperationException">Of several labels, each a yes or no.</exception>
    public long[,] ConfusionMatrix()
    {
        if (IsMultiLabel)
            throw new InvalidOperationException("Labels that are each a yes or no are not confused with each other.");
        var matrix = new long[Classes.Count, Classes.Count];
        for (int actual = 0; actual < Classes.Count; actual++)
        {
            for (int predicted = 0; predicted < Classes.Count; predicted++)
                matrix[actual, predicted] = _record.Confusion(actual, predicted);
        }

        return matrix;
    }

    /// <summary>What is taken for something else most often.</summary>
    /// <param name="count">How many at most.</param>
    public IReadOnlyList<ClassConfusion> TopConfusions(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (IsMultiLabel) return [];
        var found = from actual in Enumerable.Range(0, Classes.Count)
                    from predicted in Enumerable.Range(0, Classes.Count)
                    where actual != predicted && _record.Confusion(actual, predicted) > 0
                    orderby _record.Confusion(actual, predicted) descending
                    select new ClassConfusion(
                        Names[actual], Names[predicted], _record.Confusion(actual, predicted),
                        (double)_record.Confusion(actual, predicted) / Classes[actual].Support);
        return [.. found.Take(count)];
    }

    /// <summary>
    /// Accuracy by how many training samples classes have, the mean over the classes of each group: many-shot, medium-shot and
    /// few-shot, as long-tailed benchmarks have it (Liu et al. 2019, arXiv 1904.05160, section 5.1).
    /// </summary>
    /// <param name="trainingCounts">How many samples each class had in training, as <see cref="ClassFrequencies.Numbers"/>
    /// counts.</param>
    /// <param name="many">A class with more samples is many-shot.</param>
    /// <param name="few">A class with fewer is few-shot; at most <paramref name="many"/> + 1.</param>
    /// <returns>The groups that have classes with test samples, in this order.</returns>
    /// <exception cref="ArgumentException">There are more or fewer counts than classes.</exception>
    /// <exception cref="InvalidOperationException">Of several labels, each a yes or no.</exception>
    public IReadOnlyList<GroupAccuracy> ByShots(IReadOnlyList<long> trainingCounts, long many = 100, long few = 20)
    {
        ArgumentNullException.ThrowIfNull(trainingCounts);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(few, many + 1);
        if (IsMultiLabel)
            throw new InvalidOperationException("Of labels that are each a yes or no there are no classes to group.");
        if (trainingCounts.Count != Classes.Count)
        {
            throw new ArgumentException(
                $"There are {trainingCounts.Count} counts for {Classes.Count} classes.", nameof(trainingCounts));
        }

        var groups = Classes.Zip(trainingCounts).Where(pair => pair.First.Support > 0)
            .GroupBy(pair => pair.Second > many ? 0 : pair.Second < few ? 2 : 1).OrderBy(group => group.Key);
        return
        [
            .. groups.Select(group => new GroupAccuracy(
                new[] { "many-shot", "medium-shot", "few-shot" }[group.Key], group.Average(pair => pair.First.Recall),
                group.Count(), group.Sum(pair => pair.First.Support))),
        ];
    }

    /// <summary>A report of an evaluation.</summary>
    /// <param name="evaluate">Evaluates, and passes the record on.</param>
    /// <param name="names">The names of the classes or labels in order; none where they are not known.</param>
    /// <exception cref="ArgumentException">There are more or fewer names than classes.</exception>
    public static ClassificationReport Of<TEvaluation>(Func<PredictionRecord, TEvaluation> evaluate,
        params IReadOnlyList<string> names)
        where TEvaluation : IEvaluation
    {
        ArgumentNullException.ThrowIfNull(evaluate);
        ArgumentNullException.ThrowIfNull(names);
        var record = new PredictionRecord();
        var evaluation = evaluate(record);
        return new ClassificationReport(evaluation, record, names);
    }

    /// <summary>The report as text.</summary>
    public override string ToString() => ReportText.Of(Write);

    /// <summary>Shows the report: scores, confusions, calibration.</summary>
    /// <param name="console">Where; null for the process's console.</param>
    public void Write(IAnsiConsole? console = null)
    {
        console ??= ReportText.ProcessConsole();
        console.WriteLine(Evaluation.ToString()!);
        console.Write(Scores());
        if (Classes.Count > MostClasses) console.WriteLine($"({MostClasses} classes with the lowest F1 of {Classes.Count})");
        if (!IsMultiLabel && Classes.Count <= LargestMatrix) console.Write(Matrix());
        var confusions = TopConfusions(ShownConfusions);
        if (confusions.Count > 0)
        {
            console.WriteLine("most often taken for something else: "
                + string.Join(", ", confusions.Select(confusion => string.Create(
                CultureInfo.InvariantCulture,
                    $"{confusion.Actual} for {confusion.Predicted} ({confusion.Count}, {confusion.Share * 100:0.#} %)"))));
        }

        console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"expected calibration error {CalibrationError:0.0000}"));
    }

    private ClassScores Score(int index)
    {
        if (_record.Kind == PredictionKind.Flags)
        {
            // Of a single label both answers are classes.
            int label = IsMultiLabel ? index : 0, answer = IsMultiLabel ? 1 : index;
            long right = _record.Confusion(answer, answer, label);
            return ClassScores.Of(
                Names[index], right, right + _record.Confusion(1 - answer, answer, label),
                    right + _record.Confusion(answer, 1 - answer, label));
        }

        long said = 0, held = 0;
        for (int other = 0; other < _record.Outputs; other++)
        {
            said += _record.Confusion(other, index);
            held += _record.Confusion(index, other);
        }

        return ClassScores.Of(Names[index], _record.Confusion(index, index), said, held);
    }

    private Table Scores()
    {
        var table = ReportText.Table(IsMultiLabel ? "label" : "class", "precision", "recall", "F1", "support");
        var shown = Classes.Count <= MostClasses ? Classes : [.. Classes.OrderBy(scores => scores.F1).Take(MostClasses)];
        foreach (var scores in shown) Row(scores);
        table.AddEmptyRow();
        Row(Macro);
        Row(Weighted);
        return table;

        void Row(ClassScores scores) => table.Row(
            scores.Name, Number(scores.Precision), Number(scores.Recall), Number(scores.F1),
                scores.Support.ToString(CultureInfo.InvariantCulture));
    }

    private Table Matrix()
    {
        var table = ReportText.Table(["actual \\ predicted", .. Names]);
        for (int actual = 0; actual < Classes.Count; actual++)
        {
            table.Row(Enumerable.Range(0, Classes.Count)
                .Select(predicted => _record.Confusion(actual, predicted).ToString(CultureInfo.InvariantCulture))
                .Prepend(Names[actual]));
        }

        return table;
    }

    private static string Number(double share) => share.ToString("0.0000", CultureInfo.InvariantCulture);
}
