using System.Globalization;
using Spectre.Console;

namespace Dsl.Runtime;

/// <summary>What a run did.</summary>
/// <param name="Name">The trainer.</param>
/// <param name="Steps">Steps of this run, those before a resumption not counted.</param>
/// <param name="Duration">Time that they took, reading the data included.</param>
/// <param name="FinalLoss">The last step's loss; NaN when there was no step.</param>
public sealed record TrainingReport(string Name, long Steps, TimeSpan Duration, double FinalLoss)
{
    private const int ShownEpochs = 12;

    /// <summary>Every epoch of the run in order, also those of an earlier <c>Fit</c> and those before a resumption, which the
    /// checkpoint keeps; the last one as far as the run went.</summary>
    public IReadOnlyList<EpochReport> Epochs { get; init; } = [];

    /// <summary>The epoch that did best on validation data: that whose weights <c>[EarlyStopping]</c> restored, or that of the
    /// lowest validation loss; null without validation data.</summary>
    public long? BestEpoch { get; init; }

    /// <summary>Why the run ended.</summary>
    public RunEnd End { get; init; }

    /// <summary>Epochs without improvement that ended the run; null where early stopping did not.</summary>
    public int? Patience { get; init; }

    /// <summary>The share of training samples that were predicted rightly in each epoch of this run, as the network predicted
    /// them in training; the first and the last one's as far as the run went. Empty where the trainer does not declare
    /// <c>[TrainingAccuracy]</c>.</summary>
    public IReadOnlyList<double> TrainingAccuracy { get; init; } = [];

    /// <summary>Steps of this run that were skipped because they were not finite; 0 without
    /// <c>[OnNonFinite(NonFinite.SkipStep)]</c>.</summary>
    public long SkippedSteps { get; init; }

    /// <summary>How often this run returned to a good state; 0 without <c>[OnNonFinite(NonFinite.RollBack)]</c>.</summary>
    public long RollBacks { get; init; }

    /// <summary>What was noticed in this run and deserves a look; habitually none.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Steps in a second; 0 when there was no step.</summary>
    public double StepsPerSecond => Steps == 0 ? 0 : Steps / Duration.TotalSeconds;

    /// <summary>The run in a line, and a table of its epochs: of many the first ones, the last ones and the best.</summary>
    public override string ToString() => ReportText.Of(Write);

    /// <summary>Shows the run: a line, and a table of its epochs.</summary>
    /// <param name="console">Where; null for the process's console.</param>
    public void Write(IAnsiConsole? console = null)
    {
        console ??= ReportText.ProcessConsole();
        console.WriteLine(Summary());
        foreach (string warning in Warnings) console.WriteLine($"Warning: {warning}");
        if (Epochs.Count > 0) console.Write(EpochTable());
    }

    /// <summary>What the run did and why it ended, in a line.</summary>
    internal string Summary()
    {
        string early = Patience is { } patience
            ? $"stopped early after epoch {Last}: no better validation in {patience} epoch{(patience == 1 ? "" : "s")}" : "";
        if (End == RunEnd.NothingToDo)
        {
            string how = early.Length > 0 ? $" ({early})" : Epochs.Count > 0 ? $" with epoch {Last}" : "";
            return $"{Name}: no step to do, the run had ended before{how}";
        }

        string best = BestEpoch is { } epoch ? $"; best epoch {epoch.ToString(CultureInfo.InvariantCulture)}" : "";
        string skipped = SkippedSteps > 0 ? $"; {SkippedSteps.ToString(CultureInfo.InvariantCulture)} steps skipped" : "";
        string returns = RollBacks > 0 ? $"; {RollBacks.ToString(CultureInfo.InvariantCulture)} returns to a good state" : "";
        string end = End == RunEnd.StoppedEarly ? early : Epochs.Count > 0 ? $"all {Last} epoch{(Last == "1" ? "" : "s")} done"
            : "done";
        string done = string.Create(CultureInfo.InvariantCulture, $"{Steps} step{(Steps == 1 ? "" : "s")}");
        string speed = $"{ReportText.Time(Duration)} ({EvaluationText.Number(StepsPerSecond)} steps/s)";
        return $"{Name}: {done} in {speed}, loss {EvaluationText.Number(FinalLoss)}; {end}{best}{skipped}{returns}";
    }

    private string Last => Epochs is [.., var last] ? last.Epoch.ToString(CultureInfo.InvariantCulture) : "";

    private Table EpochTable()
    {
        string[] losses = [.. Epochs.SelectMany(epoch => epoch.Losses).Select(loss => loss.Name).Distinct()];
        string[] metrics = [.. Epochs.SelectMany(epoch => epoch.Validation).Select(number => number.Name).Distinct()];
        bool hasAccuracy = Epochs.Any(epoch => epoch.Accuracy is not null);
        var table = ReportText.Table(
        [
            "epoch", "steps", "loss", .. losses.Select(EvaluationText.Words), .. hasAccuracy ? ["accuracy"]
                : Array.Empty<string>(),
            "learning rate", .. metrics.Select(metric => $"validation {EvaluationText.Words(metric)}"), "time",
        ]);
        long before = 0;
        foreach (var epoch in Shown())
        {
            if (epoch.Epoch > before + 1 && before > 0) table.Row("…");
            before = epoch.Epoch;
            table.Row(
            [
                $"{epoch.Epoch.ToString(CultureInfo.InvariantCulture)}{(epoch.Epoch == BestEpoch ? " *" : "")}",
                epoch.Steps.ToString(CultureInfo.InvariantCulture),
                EvaluationText.Number(epoch.Loss),
                .. losses.Select(name => Number(epoch.Losses, name)),
                .. hasAccuracy ? [epoch.Accuracy is { } share ? EvaluationText.Number(share) : ""] : Array.Empty<string>(),
                EvaluationText.Number(epoch.LearningRate),
                .. metrics.Select(name => Number(epoch.Validation, name)),
                epoch.Duration == TimeSpan.Zero ? "" : ReportText.Time(epoch.Duration),
            ]);
        }

        return table;
    }

    private IEnumerable<EpochReport> Shown() => Epochs.Count <= ShownEpochs
        ? Epochs
        : Epochs.Where((epoch, index) => index < 3 || index >= Epochs.Count - (ShownEpochs - 4) || epoch.Epoch == BestEpoch);

    private static string Number(IReadOnlyList<(string Name, double Value)> numbers, string name) =>
        numbers.FirstOrDefault(number => number.Name == name) is { Name: not null } found ? EvaluationText.Number(found.Value)
            : "";
}
