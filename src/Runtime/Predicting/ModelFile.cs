using System.Text;
using System.Text.Json;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// A model for a declared data set in one safetensors file: its parameters and buffers by their names, the statistics of columns
/// as
/// <c>preprocessing</c>, and in the metadata the model, what the data set is declared as, and the classes. Any safetensors
/// library reads it.
/// </summary>
public static class ModelFile
{
    private const string ModelKey = "dsl.model", ClassesKey = "dsl.classes", Preprocessing = "preprocessing";

    /// <summary>Writes a file, in a folder that is created when there is none.</summary>
    /// <param name="path">The file; it is replaced as a whole, or not at all.</param>
    /// <param name="name">The model's full name.</param>
    /// <param name="network">The model.</param>
    /// <param name="preprocessing">What is done to the data before the network sees it.</param>
    /// <exception cref="InvalidOperationException">The model was not trained, or holds NaN or infinity.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(string path, string name, nn.Module network, IPreprocessing preprocessing)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(preprocessing);
        preprocessing.RequireFitted();
        var state = State(network, preprocessing);
        var exceptions = FiniteState.Exceptions(state);
        if (exceptions.Count > 0)
            throw new InvalidOperationException($"{name} holds NaN or infinity in {FiniteState.List(exceptions)}, and is not "
                + $"saved.");
        var metadata = new Dictionary<string, string> { [ModelKey] = name };
        Describe(preprocessing, metadata);
        Checkpoint.CreateFolder(path);
        Safetensors.WriteWithChecksum(path, state, metadata);
    }

    /// <summary>Reads a file into a model, and puts it in evaluation mode.</summary>
    /// <param name="path">A file that <see cref="Save"/> wrote for a model of this declaration.</param>
    /// <param name="name">The model's full name.</param>
    /// <param name="network">The model.</param>
    /// <param name="preprocessing">Likewise; where its statistics go.</param>
    /// <exception cref="InvalidDataException">The file is damaged, or of another model or data set; the message says what
    /// differs.</exception>
    public static void Load(string path, string name, nn.Module network, IPreprocessing preprocessing)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(preprocessing);
        using var saved = Safetensors.ReadAndCheck(path);
        RequireModel(path, name, saved.Metadata);
        RequireDescription(path, preprocessing, saved.Metadata);
        var state = State(network, preprocessing);
        Checkpoint.RequireSameTensors(path, saved, state);
        using (no_grad())
            foreach (var (tensor, value) in state) value.copy_(saved[tensor]);
        network.eval();
    }

    /// <summary>Says in a file's metadata what the data set is declared as, and the classes.</summary>
    internal static void Describe(IPreprocessing preprocessing, Dictionary<string, string> metadata)
    {
        metadata[Key(preprocessing)] = preprocessing.Description;
        if (preprocessing.Classes.Count > 0) metadata[ClassesKey] = Json(preprocessing.Classes);
    }

    /// <summary>A network's parameters and buffers, and of a model for a table the statistics of its columns.</summary>
    internal static Dictionary<string, Tensor> State(nn.Module network) =>
        network is IDatasetModel model ? State(network, model.Preprocessing) : new(network.state_dict());

    private static Dictionary<string, Tensor> State(nn.Module network, IPreprocessing preprocessing)
    {
        var state = new Dictionary<string, Tensor>(network.state_dict());
        if (preprocessing.State is { } statistics) state.Add(Preprocessing, statistics);
        return state;
    }

    private static string Key(IPreprocessing preprocessing) => $"dsl.{preprocessing.Parts}";

    private static void RequireModel(string path, string name, IReadOnlyDictionary<string, string> metadata)
    {
        if (metadata.TryGetValue(ModelKey, out string? found) && found == name) return;
        string what = found is not null ? $"a {found}"
            : metadata.ContainsKey("dsl.trainer")
                ? "a trainer's checkpoint, for Resume: SaveModel of the trainer writes the model"
            : $"no model that Save wrote: its metadata has no '{ModelKey}'";
        throw new InvalidDataException($"{path} holds {what}, and not a {name}.");
    }

    /// <summary>Refuses a file of another data set.</summary>
    internal static void RequireDescription(
        string path, IPreprocessing preprocessing, IReadOnlyDictionary<string, string> metadata)
    {
        string[] declared = preprocessing.Description.Split('\n');
        string[] saved = metadata.GetValueOrDefault(Key(preprocessing), "").Split('\n');
        int difference = Enumerable.Range(0, Math.Max(declared.Length, saved.Length))
            .FirstOrDefault(line => declared.ElementAtOrDefault(line) != saved.ElementAtOrDefault(line), -1);
        if (difference < 0) return;
        throw new InvalidDataException($"{path} was saved for other {preprocessing.Parts} than {preprocessing.Name} has: "
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
