using System.Text;
using System.Text.Json;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// A model for a table in one safetensors file: its parameters and buffers by their names, the statistics of the columns as
/// <c>preprocessing</c>, and in the metadata model, columns and classes. Any safetensors library reads it.
/// </summary>
public static class TableModelFile
{
    private const string ModelKey = "dsl.model", ColumnsKey = "dsl.columns", ClassesKey = "dsl.classes";
    private const string Preprocessing = "preprocessing";

    /// <summary>Writes a file, in a folder that is created when there is none.</summary>
    /// <param name="path">The file; it is replaced as a whole, or not at all.</param>
    /// <param name="name">The model's full name.</param>
    /// <param name="network">The model.</param>
    /// <param name="preprocessing">The statistics of the columns.</param>
    /// <exception cref="InvalidOperationException">The model was not trained, or holds NaN or infinity.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save<TRow>(string path, string name, nn.Module network, TablePreprocessing<TRow> preprocessing)
        where TRow : ITableRow<TRow>
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(preprocessing);
        preprocessing.RequireFitted();
        var state = State(network, preprocessing);
        var exceptions = FiniteState.Exceptions(state);
        if (exceptions.Count > 0)
            throw new InvalidOperationException($"{name} holds NaN or infinity in {FiniteState.List(exceptions)}, and is not "
                + $"saved.");
        var metadata = new Dictionary<string, string> { [ModelKey] = name, [ColumnsKey] = TRow.Schema.Describe() };
        if (TRow.Schema.HasClasses && TRow.Schema.Columns[TRow.Schema.Labels[0]] is { Kind: ColumnKind.Category } label)
            metadata[ClassesKey] = Json(label.Categories);
        Checkpoint.CreateFolder(path);
        Safetensors.WriteWithChecksum(path, state, metadata);
    }

    /// <summary>Reads a file into a model, and puts it in evaluation mode.</summary>
    /// <param name="path">A file that <see cref="Save"/> wrote for a model of this declaration.</param>
    /// <param name="name">The model's full name.</param>
    /// <param name="network">The model.</param>
    /// <param name="preprocessing">Where the statistics go.</param>
    /// <exception cref="InvalidDataException">The file is damaged, or of another model or table; the message says what
    /// differs.</exception>
    public static void Load<TRow>(string path, string name, nn.Module network, TablePreprocessing<TRow> preprocessing)
        where TRow : ITableRow<TRow>
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(preprocessing);
        using var saved = Safetensors.ReadAndCheck(path);
        RequireModel(path, name, saved.Metadata);
        RequireColumns(path, TRow.Schema, saved.Metadata);
        var state = State(network, preprocessing);
        Checkpoint.RequireSameTensors(path, saved, state);
        using (no_grad())
            foreach (var (tensor, value) in state) value.copy_(saved[tensor]);
        network.eval();
    }

    private static Dictionary<string, Tensor> State<TRow>(nn.Module network, TablePreprocessing<TRow> preprocessing)
        where TRow : ITableRow<TRow>
    {
        var state = new Dictionary<string, Tensor>(network.state_dict()) { [Preprocessing] = preprocessing.State };
        return state;
    }

    private static void RequireModel(string path, string name, IReadOnlyDictionary<string, string> metadata)
    {
        if (metadata.TryGetValue(ModelKey, out string? found) && found == name) return;
        string what = found is not null ? $"a {found}"
            : metadata.ContainsKey("dsl.trainer")
                ? "a trainer's checkpoint, for Resume: SaveModel of the trainer writes the model"
            : $"no model that Save wrote: its metadata has no '{ModelKey}'";
        throw new InvalidDataException($"{path} holds {what}, and not a {name}.");
    }

    private static void RequireColumns(string path, TableSchema schema, IReadOnlyDictionary<string, string> metadata)
    {
        string[] declared = schema.Describe().Split('\n'), saved = metadata.GetValueOrDefault(ColumnsKey, "").Split('\n');
        int difference = Enumerable.Range(0, Math.Max(declared.Length, saved.Length))
            .FirstOrDefault(line => declared.ElementAtOrDefault(line) != saved.ElementAtOrDefault(line), -1);
        if (difference < 0) return;
        throw new InvalidDataException($"{path} was saved for other columns than {schema.Name} has: "
            + $"'{saved.ElementAtOrDefault(difference)}', where the declaration says "
                + $"'{declared.ElementAtOrDefault(difference)}'.");
    }

    private static string Json(IReadOnlyList<string> texts)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartArray();
            foreach (string text in texts) json.WriteStringValue(text);
            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
