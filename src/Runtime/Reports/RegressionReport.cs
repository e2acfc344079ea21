using System.Globalization;
using Spectre.Console;

namespace Dsl.Runtime;

/// <summary>How far predicted numbers are off, output by output: <c>trainer.Report(data)</c>. Printed, it is a text.</summary>
public sealed class RegressionReport : IEvaluationReport
{
    private const int MostOutputs = 40;

    private RegressionReport(RegressionEvaluation evaluation, PredictionRecord record, IReadOnlyList<string> names)
    {
        Evaluation = evaluation;
        if (names.Count != 0 && names.Count != record.Outputs)
            throw new ArgumentException($"There are {names.Count} names for {record.Outputs} outputs.", nameof(names));
        var known = names.Count > 0 ? names : record.Outputs == 1 ? ["output"] : ColumnSchema.ClassNames(record.Outputs);
        Outputs = [.. Enumerable.Range(0, record.Outputs).Select(output =>
            OutputErrors.Of(known[output], record.Numbers(output)))];
    }

    /// <summary>The evaluation that it is of, over all outputs.</summary>
    public RegressionEvaluation Evaluation { get; }

    /// <summary>Every output in order.</summary>
    public IReadOnlyList<OutputErrors> Outputs { get; }

    IEvaluation IEvaluationReport.Evaluation => Evaluation;

    /// <summary>A report of an evaluation.</summary>
    /// <param name="evaluate">Evaluates, and passes the record on.</param>
    /// <param name="names">The names of the outputs in order; none where they are not known.</param>
    /// <exception cref="ArgumentException">There are more or fewer names than outputs.</exception>
    public static RegressionReport Of(Func<PredictionRecord, RegressionEvaluation> evaluate, params IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(evaluate);
        ArgumentNullException.ThrowIfNull(names);
        var record = new PredictionRecord();
        return new RegressionReport(evaluate(record), record, names);
    }

    /// <summary>The report as text.</summary>
    public override string ToString() => ReportText.Of(Write);

    /// <summary>Shows the report: errors, and the quantiles of the residuals.</summary>
    /// <param name="console">Where; null for the process's console.</param>
    public void Write(IAnsiConsole? console = null)
    {
        console ??= ReportText.ProcessConsole();
        console.WriteLine(Evaluation.ToString());
        var table = ReportText.Table(["output", "MAE", "RMSE", "R²", "bias", .. OutputErrors.Levels.Select(Level)]);
        foreach (var output in Outputs.Take(MostOutputs))
        {
            table.Row(
            [
                output.Name, Number(output.MeanAbsoluteError), Number(output.RootMeanSquaredError), Number(output.Determination),
                Number(output.Bias), .. output.ResidualQuantiles.Select(quantile => Number(quantile.Residual)),
            ]);
        }

        console.Write(table);
        if (Outputs.Count > MostOutputs) console.WriteLine($"({MostOutputs} outputs of {Outputs.Count})");
        console.WriteLine("residuals: prediction − target");
    }

    private static string Level(double level) => level switch
    {
        0 => "least",
        0.5 => "median",
        1 => "largest",
        _ => string.Create(CultureInfo.InvariantCulture, $"{level * 100:0} %"),
    };

    private static string Number(double value) => EvaluationText.Number(value);
}
