using Onnx;
using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <content>Declared data sets: the columns of a table as they stand in files, and what a model predicts.</content>
public sealed partial class OnnxGraph
{
    /// <summary>The operators of ONNX that know texts.</summary>
    internal const string LabelDomain = "ai.onnx.ml";

    /// <summary>
    /// An input [N, 1] for each column that is read, under its name in files, and what becomes of them: missing values filled
    /// in, numbers scaled, categories as places. Numbers and flags are of double precision, NaN where they are missing;
    /// categories are texts, empty where they are missing.
    /// </summary>
    /// <param name="preprocessing">The statistics.</param>
    /// <returns>What the network gets, [N, width].</returns>
    public OnnxValue Columns<TRow>(TablePreprocessing<TRow> preprocessing)
        where TRow : ITableRow<TRow>
    {
        ArgumentNullException.ThrowIfNull(preprocessing);
        double[] statistics = preprocessing.State.data<double>().ToArray();
        var parts = new List<OnnxValue>();
        var columns = TRow.Schema.Columns;
        for (int i = 0; i < columns.Count; i++)
        {
            if (columns[i].Role != ColumnRole.Feature) continue;
            Layer = $"column {columns[i].Header}";
            var (shift, scale, fill) = (statistics[3 * i], statistics[3 * i + 1], statistics[3 * i + 2]);
            if (columns[i].Kind == ColumnKind.Category) AddCategory(parts, columns[i], (int)fill);
            else AddNumber(parts, columns[i], shift, scale, fill);
        }

        return Node("Concat", [.. parts]).With("axis", 1).As("input");
    }

    /// <summary>Ends in the outputs <c>label</c> [N], the most probable class, and <c>probabilities</c> [N, K].</summary>
    /// <param name="output">What the network returns, [N, K].</param>
    /// <param name="preprocessing">It knows the classes.</param>
    /// <param name="areProbabilities">Whether the network returns probabilities; else logits.</param>
    public void Classes(OnnxValue output, IPreprocessing preprocessing, bool areProbabilities = false)
    {
        ArgumentNullException.ThrowIfNull(preprocessing);
        Layer = "prediction";
        var names = preprocessing.Classes;
        var probabilities = areProbabilities ? output : Node("Softmax", output).With("axis", 1);
        var best = Node("ArgMax", probabilities).With("axis", 1).With("keepdims", 0);
        AddOutput("label", TensorProto.Types.DataType.String, Node("Gather", Texts("/classes", names), best), ["N"]);
        AddOutput("probabilities", TensorProto.Types.DataType.Float, probabilities, ["N", names.Count]);
    }

    /// <summary>Ends in the output <c>probabilities</c> [N, L], that of each label.</summary>
    /// <param name="output">What the network returns, [N, L].</param>
    /// <param name="preprocessing">It knows the labels.</param>
    /// <param name="areProbabilities">Whether the network returns probabilities; else logits.</param>
    public void Flags<TRow>(OnnxValue output, TablePreprocessing<TRow> preprocessing, bool areProbabilities = false)
        where TRow : ITableRow<TRow>
    {
        ArgumentNullException.ThrowIfNull(preprocessing);
        Layer = "prediction";
        AddOutput("probabilities", TensorProto.Types.DataType.Float,
            areProbabilities ? output : Node("Sigmoid", output), ["N", preprocessing.PredictedNames.Count]);
    }

    /// <summary>Ends in the output <c>prediction</c> [N, T], of double precision, in the units of the table.</summary>
    /// <param name="output">What the network returns, [N, T].</param>
    /// <param name="preprocessing">The statistics.</param>
    public void Numbers<TRow>(OnnxValue output, TablePreprocessing<TRow> preprocessing)
        where TRow : ITableRow<TRow>
    {
        ArgumentNullException.ThrowIfNull(preprocessing);
        Layer = "prediction";
        double[] statistics = preprocessing.State.data<double>().ToArray();
        var labels = TRow.Schema.Labels;
        var scale = Exact("/label scales", [.. labels.Select(label => statistics[3 * label + 1])]);
        var shift = Exact("/label shifts", [.. labels.Select(label => statistics[3 * label])]);
        var numbers = Node("Cast", output).With("to", Double);
        AddOutput("prediction", TensorProto.Types.DataType.Double, Node("Add", Node("Mul", numbers, scale), shift),
            ["N", labels.Count]);
    }

    private void AddNumber(List<OnnxValue> parts, ColumnSchema column, double shift, double scale, double fill)
    {
        var given = AddInput(column.Header, TensorProto.Types.DataType.Double, ["N", 1]);
        var isMissing = column.Imputation is null ? null : Node("IsNaN", given);
        var value = isMissing is null ? given : Node("Where", isMissing, Exact($"/{column.Name} fill", fill), given);
        if (shift != 0) value = Node("Sub", value, Exact($"/{column.Name} shift", shift));
        if (scale != 1) value = Node("Div", value, Exact($"/{column.Name} scale", scale));
        parts.Add(Real(value));
        AddIndicator(parts, column, isMissing);
    }

    private void AddCategory(List<OnnxValue> parts, ColumnSchema column, int fill)
    {
        var given = AddInput(column.Header, TensorProto.Types.DataType.String, ["N", 1]);
        int width = column.Categories.Count + (column.HasOther ? 1 : 0);
        IEnumerable<(string Name, long Place)> names = column.Categories.Select((name, place) => (name, (long)place));
        if (column.Imputation is not null) names = names.Append(("", fill));

        // What is no category takes the last place if there is one for it; else the rows have none for it, which the run refuses.
        var place = AddNode(LabelDomain, "LabelEncoder", [given])
            .With("keys_strings", names.Select(pair => pair.Name))
            .With("values_int64s", [.. names.Select(pair => pair.Place)])
            .With("default_int64", column.HasOther ? width - 1 : width);
        var rows = Constant($"/rows of {width}", eye(width));
        parts.Add(Node("Gather", rows, Node("Squeeze", place, List(1))));
        AddIndicator(parts, column, column.HasIndicator ? Node("Equal", given, Texts("/missing", [""])) : null);
    }

    private void AddIndicator(List<OnnxValue> parts, ColumnSchema column, OnnxValue? isMissing)
    {
        if (!column.HasIndicator) return;
        parts.Add(Real(isMissing!));
    }

    private OnnxValue Texts(string name, IReadOnlyList<string> texts)
    {
        if (_known.TryGetValue(name, out var known)) return known;
        return _known[name] = new OnnxValue(name) { Texts = texts };
    }

    /// <summary>Numbers of double precision.</summary>
    private OnnxValue Exact(string name, params double[] numbers) => _known[name] = new OnnxValue(name)
    {
        Tensor = tensor(numbers),
        IsDouble = true,
    };
}
