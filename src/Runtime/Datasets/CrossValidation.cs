using System.Globalization;
using System.Numerics.Tensors;

namespace Dsl.Runtime;

/// <summary>Training and evaluation on several splits of the data.</summary>
public static class CrossValidation
{
    /// <summary>The splits of a cross-validation, repeated with other seeds: stratified where the label is a class or a yes or
    /// no, as scikit-learn's <c>cross_val_score</c> does.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="folds">Splits of a repetition, at least 2.</param>
    /// <param name="seed">Equal seeds give equal splits.</param>
    /// <param name="repetitions">How often, at least 1.</param>
    public static IReadOnlyList<DataSplit<TData>> Splits<TRow, TData>(RowData<TRow, TData> data, int folds, long seed = 0,
        int repetitions = 1)
        where TData : RowData<TRow, TData>
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfLessThan(repetitions, 1);
        return [.. Enumerable.Range(0, repetitions).SelectMany(repetition =>
        {
            long own = StreamSeed.Of(seed, "repetitions", repetition);
            return data.HasClasses ? data.StratifiedFolds(folds, own) : data.Folds(folds, own);
        })];
    }

    /// <summary>Runs one training for each split.</summary>
    /// <param name="splits">The splits.</param>
    /// <param name="seed">Where the seeds of the trainings come from.</param>
    /// <param name="run">Trains on the first part of a split with a seed, and evaluates on the second.</param>
    public static CrossValidation<TEvaluation> Run<TData, TEvaluation>(
        IReadOnlyList<DataSplit<TData>> splits, long seed, Func<DataSplit<TData>, long, TEvaluation> run)
        where TEvaluation : IEvaluation
    {
        ArgumentNullException.ThrowIfNull(splits);
        ArgumentNullException.ThrowIfNull(run);
        return new CrossValidation<TEvaluation>(
            [.. splits.Select((split, index) => run(split, StreamSeed.Of(seed, "folds", index)))]);
    }
}

/// <summary>The evaluations of a cross-validation.</summary>
/// <param name="Folds">One for each split.</param>
public sealed record CrossValidation<TEvaluation>(IReadOnlyList<TEvaluation> Folds)
    where TEvaluation : IEvaluation
{
    /// <summary>The mean of a number over the splits.</summary>
    public double Mean(Func<TEvaluation, double> number) => TensorPrimitives.Average<double>([.. Folds.Select(number)]);

    /// <summary>Its standard deviation over the splits.</summary>
    public double Deviation(Func<TEvaluation, double> number) => TensorPrimitives.StdDev<double>([.. Folds.Select(number)]);

    /// <summary>Mean and deviation of every number that an evaluation has.</summary>
    public override string ToString() =>
        string.Join(", ", Folds.SelectMany(fold => fold.Metrics).GroupBy(metric => metric.Name).Select(metric =>
    {
        double[] values = [.. metric.Select(pair => pair.Value)];
        double mean = TensorPrimitives.Average<double>(values), deviation = TensorPrimitives.StdDev<double>(values);
        return string.Create(CultureInfo.InvariantCulture, $"{metric.Key} {mean:0.####} ± {deviation:0.####}");
    })) + $" ({Folds.Count} splits)";
}
