using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// What turns rows into a model's numbers: the statistics of the columns, found once, on the data that the model is trained on,
/// and kept with it.
/// </summary>
/// <typeparam name="TRow">The record.</typeparam>
public sealed class TablePreprocessing<TRow> : IPreprocessing
    where TRow : ITableRow<TRow>
{
    // Shift, scale and what stands in for missing values; a scale is 0 until it is known.
    private const int Parts = 3;

    private static readonly TableSchema Schema = TRow.Schema;

    /// <summary>The statistics as a tensor, [columns, 3] float64: shift, scale, and what stands in for missing values, 0 until
    /// they are known. A checkpoint holds it.</summary>
    public Tensor State { get; } = zeros([Schema.Columns.Count, Parts], ScalarType.Float64).DetachFromDisposeScope();

    /// <inheritdoc/>
    string IPreprocessing.Name => Schema.Name;

    /// <inheritdoc/>
    string IPreprocessing.Parts => "columns";

    /// <inheritdoc/>
    string IPreprocessing.Description => Schema.Describe();

    /// <inheritdoc/>
    IReadOnlyList<string> IPreprocessing.Classes =>
        Schema.HasClasses && Schema.Columns[Schema.Labels[0]] is { Kind: ColumnKind.Category } label ? label.Categories : [];

    /// <summary>Whether the statistics are known.</summary>
    public bool IsFitted => Schema.Columns.Count == 0 || Statistics[1] != 0;

    /// <summary>The names of what a model of the table predicts: classes, or labels.</summary>
    public IReadOnlyList<string> PredictedNames => Schema.Outputs;

    /// <summary>Finds the statistics, unless they are known: weights that were trained with some make no sense with
    /// others.</summary>
    /// <param name="data">The training data, and nothing else.</param>
    /// <exception cref="DataMismatchException">A column has no value at all.</exception>
    public void FitOnce(TableData<TRow> data)
    {
        if (!IsFitted) Fit(data);
    }

    /// <summary>Finds the statistics anew, for a model that is trained from its start.</summary>
    /// <param name="data">The training data, and nothing else.</param>
    /// <exception cref="DataMismatchException">A column has no value at all.</exception>
    public void Fit(TableData<TRow> data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.Count == 0) throw new ArgumentException("There is no row to train on.", nameof(data));
        var found = new double[Schema.Columns.Count * Parts];
        for (int column = 0; column < Schema.Columns.Count; column++)
        {
            var (shift, scale, fill) = Fit(data, column);
            found[column * Parts] = shift;
            found[column * Parts + 1] = scale;
            found[column * Parts + 2] = fill;
        }

        found.CopyTo(Statistics);
    }

    /// <summary>Rows as a trainer reads them.</summary>
    /// <param name="data">Rows with labels.</param>
    /// <param name="type">The number type of the model.</param>
    /// <param name="scaled">Whether labels that are numbers are in the model's unit; else in the table's.</param>
    /// <returns>Inputs [N, width] and labels; the caller disposes it.</returns>
    /// <exception cref="DataMismatchException">A row has no label.</exception>
    public InMemoryData Encode(TableData<TRow> data, ScalarType type = ScalarType.Float32, bool scaled = true)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.Count == 0) throw new ArgumentException("There is no row.", nameof(data));
        var labels = Labels(data, scaled);
        return new InMemoryData(Inputs(data, 0, data.Count, type), labels);
    }

    /// <summary>The inputs of some rows.</summary>
    /// <returns>[count, width]; the caller disposes it.</returns>
    internal Tensor Inputs(TableData<TRow> data, int first, int count, ScalarType type)
    {
        RequireFitted();
        var numbers = new double[count * Schema.Width];
        for (int row = 0; row < count; row++)
            Encode(data.Values(first + row), numbers.AsSpan(row * Schema.Width, Schema.Width));
        if (type == ScalarType.Float64) return TensorMemory.Filled<double>(numbers, type, count, Schema.Width);
        float[] narrow = Array.ConvertAll(numbers, number => (float)number);
        var single = TensorMemory.Filled<float>(narrow, ScalarType.Float32, count, Schema.Width);
        return type == ScalarType.Float32 ? single : single.to_type(type, disposeAfter: true);
    }

    /// <summary>Outputs in the unit of the table.</summary>
    /// <param name="outputs">In the model's unit, [N, T].</param>
    /// <returns>[N, T] float64; the caller disposes it.</returns>
    public Tensor Unscale(Tensor outputs)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        using var scope = NewDisposeScope();
        long[] places = [.. Schema.Labels.Select(label => (long)label)];
        var labels = TensorMemory.Filled<long>(places, ScalarType.Int64, places.Length);
        var rows = State.index_select(0, labels).to(outputs.device);
        var scaled = outputs.to_type(ScalarType.Float64).mul(rows.select(1, 1));
        return Aten.add(scaled, rows.select(1, 0)).MoveToOuterDisposeScope();
    }

    /// <summary>A label's number in the unit of the table.</summary>
    internal double Unscale(int label, double output)
    {
        var statistics = Statistics[(Schema.Labels[label] * Parts)..];
        return output * statistics[1] + statistics[0];
    }

    /// <inheritdoc/>
    public void RequireFitted()
    {
        if (!IsFitted)
        {
            throw new InvalidOperationException(
                $"The statistics of {Schema.Name} are not known: train the model on a table, or load one that was.");
        }
    }

    private unsafe Span<double> Statistics =>
        new(TensorMemory.Pointer(State), Schema.Columns.Count * Parts);

    private static (double Shift, double Scale, double Fill) Fit(TableData<TRow> data, int column)
    {
        var declared = Schema.Columns[column];
        var values = new double[data.Count];
        for (int row = 0; row < values.Length; row++) values[row] = data.Values(row)[column];
        double fill = 0;
        if (declared.Imputation is { } imputation)
        {
            double[] present = [.. values.Where(value => !double.IsNaN(value))];
            if (present.Length == 0 && imputation.NeedsValues)
            {
                throw new DataMismatchException(
                    $"Column '{declared.Header}' has no value in any of the {data.Count} rows that are trained on, and so no "
                        + $"{imputation.Name}.");
            }

            fill = imputation.Fit(present);
            for (int row = 0; row < values.Length; row++)
                if (double.IsNaN(values[row])) values[row] = fill;
        }

        if (declared.Scaling is not { } scaling) return (0, 1, fill);
        double[] scaled = declared.Role == ColumnRole.Label ? [.. values.Where(value => !double.IsNaN(value))] : values;
        if (scaled.Length == 0) throw new DataMismatchException($"No row that is trained on has the label '{declared.Header}'.");
        var (shift, scale) = scaling.Fit(scaled);
        return (shift, scale, fill);
    }

    private void Encode(ReadOnlySpan<double> row, Span<double> numbers)
    {
        var statistics = Statistics;
        int place = 0;
        for (int column = 0; column < row.Length; column++)
        {
            var declared = Schema.Columns[column];
            if (declared.Role != ColumnRole.Feature) continue;
            bool isMissing = double.IsNaN(row[column]);
            double value = isMissing ? statistics[column * Parts + 2] : row[column];
            int width = declared.Width - (declared.HasIndicator ? 1 : 0);
            if (declared.Kind == ColumnKind.Category) numbers[place + (int)value] = 1;
            else numbers[place] = (value - statistics[column * Parts]) / statistics[column * Parts + 1];
            place += width;
            if (declared.HasIndicator) numbers[place++] = isMissing ? 1 : 0;
        }
    }

    private Tensor Labels(TableData<TRow> data, bool scaled)
    {
        var labels = Schema.Labels;
        if (labels.Count == 0) throw new InvalidOperationException($"{Schema.Name} has no label.");
        var kind = Schema.Columns[labels[0]].Kind;
        var values = new double[data.Count * labels.Count];
        for (int row = 0; row < data.Count; row++)
        {
            for (int i = 0; i < labels.Count; i++)
            {
                double value = data.RequireLabel(row, labels[i]);
                var statistics = Statistics[(labels[i] * Parts)..];
                values[row * labels.Count + i] = scaled ? (value - statistics[0]) / statistics[1] : value;
            }
        }

        if (kind == ColumnKind.Category)
        {
            long[] classes = Array.ConvertAll(values, value => (long)value);
            return TensorMemory.Filled<long>(classes, ScalarType.Int64, data.Count);
        }

        return labels.Count == 1
            ? TensorMemory.Filled<double>(values, ScalarType.Float64, data.Count)
            : TensorMemory.Filled<double>(values, ScalarType.Float64, data.Count, labels.Count);
    }
}
