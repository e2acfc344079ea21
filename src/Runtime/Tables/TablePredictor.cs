using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Predicts for rows of a table: statistics applied, in evaluation mode, without gradients. Several threads may call it
/// at once.</summary>
/// <param name="network">The network, of inputs [N, width].</param>
/// <param name="arena">Its parameters, which say where it is and in what precision.</param>
/// <typeparam name="TRow">The record.</typeparam>
public sealed class TablePredictor<TRow>(nn.Module<Tensor, Tensor> network, ParameterArena arena)
    where TRow : ITableRow<TRow>
{
    private const int BatchSize = 1024;

    private readonly BatchPredictor _batches = new(network, arena);

    /// <summary>The statistics of the columns.</summary>
    public TablePreprocessing<TRow> Preprocessing { get; set; } = new();

    /// <summary>One of several classes for each row.</summary>
    /// <param name="rows">The rows; their labels are not read.</param>
    /// <param name="classes">The classes, in the order of the outputs.</param>
    /// <param name="areProbabilities">Whether the network returns probabilities; else logits.</param>
    public ClassPrediction<TClass>[] Classes<TClass>(IEnumerable<TRow> rows, IReadOnlyList<TClass> classes,
        bool areProbabilities = false)
        where TClass : notnull
    {
        ArgumentNullException.ThrowIfNull(classes);
        return Predict(rows, classes.Count, outputs =>
        {
            double[] probabilities = areProbabilities ? outputs.ToArray() : OutputProbability.Softmax(outputs);
            return new ClassPrediction<TClass>(classes, probabilities);
        });
    }

    /// <summary>Yes or no for each row.</summary>
    /// <param name="rows">The rows; their labels are not read.</param>
    /// <param name="areProbabilities">Whether the network returns probabilities; else logits.</param>
    public BinaryPrediction[] Flags(IEnumerable<TRow> rows, bool areProbabilities = false) =>
        Predict(rows, 1, outputs => new BinaryPrediction(OutputProbability.Of(outputs[0], areProbabilities)));

    /// <summary>Several yes or no for each row.</summary>
    /// <param name="rows">The rows; their labels are not read.</param>
    /// <param name="areProbabilities">Whether the network returns probabilities; else logits.</param>
    public MultiLabelPrediction[] SeveralFlags(IEnumerable<TRow> rows, bool areProbabilities = false)
    {
        string[] names = [.. TRow.Schema.Labels.Select(label => TRow.Schema.Columns[label].Name)];
        return Predict(rows, names.Length, outputs => new MultiLabelPrediction(
            names, Array.ConvertAll(outputs.ToArray(), output => OutputProbability.Of(output, areProbabilities))));
    }

    /// <summary>A real number for each row, in the unit of the table.</summary>
    /// <param name="rows">The rows; their labels are not read.</param>
    public double[] Numbers(IEnumerable<TRow> rows) => Predict(rows, 1, outputs => Preprocessing.Unscale(0, outputs[0]));

    /// <summary>Several real numbers for each row, in the order of the labels and the unit of the table.</summary>
    /// <param name="rows">The rows; their labels are not read.</param>
    public double[][] SeveralNumbers(IEnumerable<TRow> rows) => Predict(rows, TRow.Schema.Labels.Count, outputs =>
    {
        double[] numbers = outputs.ToArray();
        for (int i = 0; i < numbers.Length; i++) numbers[i] = Preprocessing.Unscale(i, numbers[i]);
        return numbers;
    });

    private T[] Predict<T>(IEnumerable<TRow> rows, int outputs, Func<ReadOnlySpan<double>, T> read)
    {
        var data = TableData<TRow>.ToPredict(rows);
        _batches.RequireAlive();
        Preprocessing.RequireFitted();
        return _batches.Run(data.Count, BatchSize, outputs, TRow.Schema.Name,
            (first, count) => Preprocessing.Inputs(data, first, count, _batches.Type), read);
    }
}
