using System.Globalization;
using System.Xml.Linq;
using Spectre.Console;

namespace Dsl.Runtime;

/// <summary>
/// What a network knows of tasks that it learns one after another: the accuracies R[i, j] on task j when task i has ended, and
/// what follows from them. It is a section of a run's page, too.
/// </summary>
/// <remarks>
/// With T tasks, counted from 1, and accuracies b_j before the first one (Lopez-Paz and Ranzato 2017, arXiv 1706.08840, section
/// 2.1; forgetting: Chaudhry et al. 2018, arXiv 1801.10112, section 3):
/// <list type="bullet">
/// <item>average accuracy: mean over j of R[T, j];</item>
/// <item>backward transfer: mean over j below T of R[T, j] − R[j, j]; below 0 where the network forgets;</item>
/// <item>forward transfer: mean over j above 1 of R[j − 1, j] − b_j;</item>
/// <item>forgetting: mean over j below T of max over i below T of R[i, j], minus R[T, j].</item>
/// </list>
/// </remarks>
public sealed class ContinualEvaluation : IPageSection
{
    private readonly List<double[]> _rows = [];
    private readonly string[] _tasks;
    private double[]? _before;

    /// <summary>An evaluation of so many tasks.</summary>
    /// <param name="tasks">How many, at least 1; they are called task 1, task 2, ...</param>
    public ContinualEvaluation(int tasks)
        : this(Names(tasks))
    {
    }

    /// <summary>An evaluation of tasks with names.</summary>
    /// <param name="tasks">Their names in the order in which they are learned, at least one.</param>
    public ContinualEvaluation(IReadOnlyList<string> tasks)
    {
        ArgumentNullException.ThrowIfNull(tasks);
        ArgumentOutOfRangeException.ThrowIfZero(tasks.Count, nameof(tasks));
        _tasks = [.. tasks];
    }

    /// <inheritdoc/>
    public string Title => "Tasks one after another";

    /// <summary>How many tasks there are: T.</summary>
    public int Tasks => _tasks.Length;

    /// <summary>How many of them have ended.</summary>
    public int Ended => _rows.Count;

    /// <summary>R[i, j], in [0, 1]: the accuracy on task j when task i has ended, both from 0.</summary>
    /// <param name="ended">i.</param>
    /// <param name="task">j.</param>
    public double this[int ended, int task] => _rows[ended][task];

    /// <summary>Mean accuracy of all tasks when the last one has ended.</summary>
    /// <exception cref="InvalidOperationException">Not all tasks have ended.</exception>
    public double AverageAccuracy => Last.Average();

    /// <summary>How much later tasks changed the accuracy of earlier ones, in [−1, 1]; NaN of a single task.</summary>
    /// <exception cref="InvalidOperationException">Not all tasks have ended.</exception>
    public double BackwardTransfer => Mean(0, Tasks - 1, task => Last[task] - _rows[task][task]);

    /// <summary>How much of a task was known before it began, in [−1, 1]; NaN of a single task, or where nothing was measured
    /// before the first.</summary>
    /// <exception cref="InvalidOperationException">Not all tasks have ended.</exception>
    public double ForwardTransfer
    {
        get
        {
            RequireAll();
            return _before is not { } before ? double.NaN : Mean(1, Tasks, task => _rows[task - 1][task] - before[task]);
        }
    }

    /// <summary>How much less is known of earlier tasks than at the best time, in [−1, 1]; NaN of a single task.</summary>
    /// <exception cref="InvalidOperationException">Not all tasks have ended.</exception>
    public double Forgetting => Mean(0, Tasks - 1, task => _rows.SkipLast(1).Max(row => row[task]) - Last[task]);

    private double[] Last
    {
        get
        {
            RequireAll();
            return _rows[^1];
        }
    }

    /// <summary>Evaluates every task before the first one is learned, for the forward transfer.</summary>
    /// <param name="accuracy">The accuracy on a task, by its place from 0, in [0, 1].</param>
    /// <exception cref="InvalidOperationException">A task has ended.</exception>
    public void Start(Func<int, double> accuracy)
    {
        if (Ended > 0) throw new InvalidOperationException($"{Ended} tasks have ended: what was known before is past.");
        _before = Measure(accuracy);
    }

    /// <summary>Evaluates every task when one has ended.</summary>
    /// <param name="accuracy">The accuracy on a task, by its place from 0, in [0, 1].</param>
    /// <exception cref="InvalidOperationException">All have ended.</exception>
    public void EndTask(Func<int, double> accuracy)
    {
        if (Ended == Tasks) throw new InvalidOperationException($"All {Tasks} tasks have ended.");
        _rows.Add(Measure(accuracy));
    }

    /// <summary>Shows the matrix, and what follows from it.</summary>
    /// <param name="console">Where; null for the process's console.</param>
    public void Write(IAnsiConsole? console = null)
    {
        console ??= ReportText.ProcessConsole();
        var table = new Table { Title = new TableTitle("Accuracy"), Border = TableBorder.Rounded };
        table.AddColumn(string.Empty);
        foreach (string task in _tasks) table.AddColumn(new TableColumn(Markup.Escape(task)).RightAligned());
        foreach (var (name, values) in Lines())
            table.AddRow([Markup.Escape(name), .. values.Select(value => Markup.Escape(value))]);
        console.Write(table);
        foreach (var (name, value) in Results()) console.WriteLine($"{name}: {value}");
    }

    /// <inheritdoc/>
    public IEnumerable<XElement> Content(int number)
    {
        yield return new XElement("table",
            new XElement("tr", new XElement("th"), _tasks.Select(task => new XElement("th", task))),
            Lines().Select(line => new XElement("tr", new XElement("th", line.Name),
                line.Values.Select(value => new XElement("td", value)))));
        foreach (var (name, value) in Results()) yield return new XElement("p", $"{name}: {value}");
    }

    private static string[] Names(int tasks)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tasks, 1);
        return [.. Enumerable.Range(1, tasks).Select(task => $"task {task}")];
    }

    private static double Mean(int from, int to, Func<int, double> of) =>
        to <= from ? double.NaN : Enumerable.Range(from, to - from).Average(of);

    private static string Percent(double share) =>
        double.IsNaN(share) ? "-" : string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.0} %");

    private static string Points(double difference) =>
        double.IsNaN(difference) ? "-" : string.Create(CultureInfo.InvariantCulture, $"{100 * difference:+0.0;−0.0;0.0} points");

    private IEnumerable<(string Name, IEnumerable<string> Values)> Lines() =>
    [
        .. _before is null ? [] : new[] { ("before", _before.Select(Percent)) },
        .. _rows.Select((row, i) => ($"after {_tasks[i]}", row.Select(Percent))),
    ];

    private IEnumerable<(string Name, string Value)> Results() => Ended < Tasks ? [] :
    [
        ("average accuracy", Percent(AverageAccuracy)), ("forgetting", Points(Forgetting)),
        ("backward transfer", Points(BackwardTransfer)), ("forward transfer", Points(ForwardTransfer)),
    ];

    private double[] Measure(Func<int, double> accuracy)
    {
        ArgumentNullException.ThrowIfNull(accuracy);
        double[] row = [.. Enumerable.Range(0, Tasks).Select(accuracy)];
        for (int task = 0; task < Tasks; task++)
        {
            if (row[task] is >= 0 and <= 1) continue;
            throw new ArgumentOutOfRangeException(
                nameof(accuracy), row[task], $"An accuracy lies in [0, 1]; that of {_tasks[task]} does not.");
        }

        return row;
    }

    private void RequireAll()
    {
        if (Ended == Tasks) return;
        throw new InvalidOperationException(
            $"{Ended} of {Tasks} tasks have ended: what follows from all of them is not known yet.");
    }
}
