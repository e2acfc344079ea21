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

    private readonly EvaluationGate _gate = new(network);

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
            double[] probabilities = areProbabilities ? outputs.ToArray() : Softmax(outputs);
            return new ClassPrediction<TClass>(classes, probabilities);
        });
    }

    /// <summary>Yes or no for each row.</summary>
    /// <param name="rows">The rows; their labels are not read.</param>
    /// <param name="areProbabilities">Whether the network returns probabilities; else logits.</param>
    public BinaryPrediction[] Flags(IEnumerable<TRow> rows, bool areProbabilities = false) =>
        Predict(rows, 1, outputs => new BinaryPrediction(Probability(outputs[0], areProbabilities)));

    /// <summary>Several yes or no for each row.</summary>
    /// <param name="rows">The rows; their labels are not read.</param>
    /// <param name="areProbabilities">Whether the network returns probabilities; else logits.</param>
    public MultiLabelPrediction[] SeveralFlags(IEnumerable<TRow> rows, bool areProbabilities = false)
    {
        string[] names = [.. TRow.Schema.Labels.Select(label => TRow.Schema.Columns[label].Name)];
        return Predict(rows, names.Length, outputs => new MultiLabelPrediction(
            names, Array.ConvertAll(outputs.ToArray(), output => Probability(output, areProbabilities))));
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
        ObjectDisposedException.ThrowIf(arena.Values.IsInvalid, network);
        Preprocessing.RequireFitted();
        var predictions = new T[data.Count];
        using var pass = _gate.Enter();
        using var noGrad = no_grad();
        for (int first = 0; first < data.Count; first += BatchSize)
        {
            using var scope = NewDisposeScope();
            int count = Math.Min(BatchSize, data.Count - first);
            var inputs = Preprocessing.Inputs(data, first, count, arena.Values.dtype).to(arena.Values.device);
            double[] numbers = Numbers(network.forward(inputs), count, outputs);
            for (int row = 0; row < count; row++) predictions[first + row] = read(numbers.AsSpan(row * outputs, outputs));
        }

        return predictions;
    }

    private double[] Numbers(Tensor result, int count, int outputs)
    {
        if (!result.shape.AsSpan().SequenceEqual([count, outputs]))
        {
            throw new DataMismatchException($"{network.GetName()} returned [{string.Join(", ", result.shape)}] for {count} rows, "
                + $"but "
                + $"{TRow.Schema.Name} needs [{count}, {outputs}].");
        }

        return TensorMemory.Doubles(result);
    }

    private static double[] Softmax(ReadOnlySpan<double> logits)
    {
        var probabilities = new double[logits.Length];
        double largest = System.Numerics.Tensors.TensorPrimitives.Max(logits), sum = 0;
        for (int i = 0; i < logits.Length; i++) sum += probabilities[i] = Math.Exp(logits[i] - largest);
        for (int i = 0; i < logits.Length; i++) probabilities[i] /= sum;
        return probabilities;
    }

    private static double Probability(double output, bool isProbability) => isProbability ? output : 1 / (1 + Math.Exp(-output));
}
