using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;
using Google.Protobuf;
using Onnx;
using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Models as ONNX files: a graph, its constants, and in the metadata what they are of.</summary>
public static class OnnxFile
{
    // ONNX 1.16: https://github.com/onnx/onnx/blob/main/docs/Versioning.md.
    private const long OperatorSet = 21, LabelOperatorSet = 4, IrVersion = 10;

    // Protocol buffers end at 2 GB; what is beside the weights is little.
    private const long MostBytes = 2_000_000_000, ExternalBytes = 1024, Alignment = 64;

    /// <summary>Writes a file, in a folder that is created when there is none.</summary>
    /// <param name="path">The file; it is replaced as a whole, or not at all.</param>
    /// <param name="name">The model's full name.</param>
    /// <param name="network">The model. It is in evaluation mode while its graph is written.</param>
    /// <param name="write">Writes its graph.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="preprocessing">What is done to the data before the network sees it; null for nothing.</param>
    /// <exception cref="InvalidOperationException">The model holds NaN or infinity, is too large for one file, or was not trained
    /// on its data set.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, string name, nn.Module network, Action<OnnxGraph> write, OnnxOptions? options = null,
        IPreprocessing? preprocessing = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(write);
        options ??= new OnnxOptions();
        preprocessing?.RequireFitted();
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var state = network.state_dict();
        var exceptions = FiniteState.Exceptions(state);
        if (exceptions.Count > 0)
        {
            throw new InvalidOperationException(
                $"{name} holds NaN or infinity in {FiniteState.List(exceptions)}, and is not exported.");
        }

        var onnx = new OnnxGraph(state);
        var modes = new ModuleModes(network);
        network.eval();
        try
        {
            write(onnx);
        }
        finally
        {
            modes.Restore();
        }

        var (graph, constants) = onnx.Build(name);
        var model = new ModelProto
        {
            IrVersion = IrVersion,
            ProducerName = "Dsl",
            ProducerVersion = Version,
            Graph = graph,
            OpsetImport = { new OperatorSetIdProto { Domain = "", Version = OperatorSet } },
        };
        if (graph.Node.Any(node => node.Domain == OnnxGraph.LabelDomain))
            model.OpsetImport.Add(new OperatorSetIdProto { Domain = OnnxGraph.LabelDomain, Version = LabelOperatorSet });
        foreach (var (key, value) in Metadata(name, preprocessing, options))
            model.MetadataProps.Add(new StringStringEntryProto { Key = key, Value = value });
        Checkpoint.CreateFolder(path);
        Write(path, model, constants, options.ExternalData);
    }

    private static string Version => typeof(OnnxFile).Assembly.GetName().Version!.ToString(3);

    private static void Write(string path, ModelProto model, IReadOnlyList<OnnxValue> constants, bool isExternal)
    {
        long bytes = constants.Sum(constant => constant.Tensor?.numel() * sizeof(float) ?? 0);
        if (!isExternal && bytes > MostBytes)
        {
            throw new InvalidOperationException($"The weights have {bytes:N0} bytes, and a file of ONNX has less than 2 GB: "
                + $"write them beside it, with {nameof(OnnxOptions)}.{nameof(OnnxOptions.ExternalData)} = true.");
        }

        string beside = path + ".data";
        using var file = new TemporaryFile(path);
        using var weights = isExternal ? new TemporaryFile(beside) : null;
        if (weights is null) AddConstants(null);
        else weights.Fill(AddConstants);
        file.Fill(model.WriteTo);

        void AddConstants(FileStream? stream) => model.Graph.Initializer.AddRange(
            constants.Select(constant => Message(constant, stream, Path.GetFileName(beside))));
    }

    private static TensorProto Message(OnnxValue constant, FileStream? weights, string file)
    {
        var message = new TensorProto { Name = constant.Name };
        if (constant.Texts is { } texts)
        {
            message.DataType = (int)TensorProto.Types.DataType.String;
            message.Dims.Add(texts.Count);
            message.StringData.AddRange(texts.Select(ByteString.CopyFromUtf8));
            return message;
        }

        using var scope = NewDisposeScope();
        var tensor = constant.Tensor!;
        var (type, kind) = tensor.dtype switch
        {
            ScalarType.Int64 => (ScalarType.Int64, TensorProto.Types.DataType.Int64),
            ScalarType.Float64 when constant.IsDouble => (ScalarType.Float64, TensorProto.Types.DataType.Double),
            ScalarType.Bool => (ScalarType.Bool, TensorProto.Types.DataType.Bool),
            _ => (ScalarType.Float32, TensorProto.Types.DataType.Float),
        };
        message.DataType = (int)kind;
        message.Dims.AddRange(tensor.shape);
        var numbers = tensor.cpu().to_type(type).contiguous();
        var bytes = numbers.bytes;
        if (weights is null || bytes.Length < ExternalBytes)
        {
            message.RawData = ByteString.CopyFrom(bytes);
            return message;
        }

        long offset = (weights.Position + Alignment - 1) / Alignment * Alignment;
        weights.Write(new byte[offset - weights.Position]);
        weights.Write(bytes);
        message.DataLocation = TensorProto.Types.DataLocation.External;
        message.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = file });
        message.ExternalData.Add(new StringStringEntryProto { Key = "offset", Value = $"{offset}" });
        message.ExternalData.Add(new StringStringEntryProto { Key = "length", Value = $"{bytes.Length}" });
        return message;
    }

    private static IEnumerable<(string Key, string Value)> Metadata(
        string name, IPreprocessing? preprocessing, OnnxOptions options)
    {
        yield return ("dsl.model", name);
        yield return ("dsl.version", Version);
        if (preprocessing is not null)
        {
            yield return ($"dsl.{preprocessing.Parts}", preprocessing.Description);
            if (preprocessing.Classes.Count > 0)
                yield return ("dsl.classes", JsonSerializer.Serialize(preprocessing.Classes));
        }

        foreach (var (key, value) in options.Metadata) yield return (key, value);
    }
}
