using System.Reflection;
using System.Runtime.CompilerServices;
using Dsl.Runtime;
using Microsoft.ML.OnnxRuntime;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests.OnnxFiles;

/// <summary>A model with random weights, and its file in ONNX Runtime.</summary>
internal sealed class ExportedModel : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dsl-onnx-").FullName;
    private readonly Type _type;
    private readonly InferenceSession _session;

    public ExportedModel(Type type, OnnxOptions? options = null)
    {
        _type = type;
        random.manual_seed(7);
        Model = (nn.Module)Activator.CreateInstance(type)!;
        Disturb(Model);
        Path = System.IO.Path.Combine(_folder, "model.onnx");
        type.GetMethod("ExportOnnx")!.Invoke(Model, BindingFlags.DoNotWrapExceptions, null, [Path, options], null);
        File = global::Onnx.ModelProto.Parser.ParseFrom(System.IO.File.ReadAllBytes(Path));
        _session = new InferenceSession(Path);
    }

    public nn.Module Model { get; }

    public string Path { get; }

    public global::Onnx.ModelProto File { get; }

    /// <summary>The largest difference between an output of the file and the model's own, as a share of the output's largest
    /// number where that is above 1.</summary>
    public double Difference(long batch)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var inputs = new RandomInputs(_type, _session, batch, TableRows()).Draw();
        Model.eval();
        var expected = Forward([.. inputs.Select(input => input.Tensor)]);
        using var given = new OrtInputs(inputs);
        using var options = new RunOptions();
        using var results = _session.Run(options, given.Values, _session.OutputNames);
        Assert.Equal(expected.Count, results.Count);
        return expected.Zip(results, Difference).Max();
    }

    public void Dispose()
    {
        _session.Dispose();
        Model.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    // Statistics of a trained network are neither 0 nor 1, and no weight of it is exactly 0.
    private static void Disturb(nn.Module model)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        foreach (var (name, value) in model.state_dict().Where(pair => pair.Value.is_floating_point()))
        {
            if (name.EndsWith("running_var", StringComparison.Ordinal)) value.copy_(Aten.add(rand_like(value), 0.5));
            else Aten.add_(value, Aten.mul(randn_like(value), 0.02));
        }
    }

    private IReadOnlyList<Tensor> Forward(object[] inputs)
    {
        var forward = _type.GetMethod("forward", BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)!;
        object result = forward.Invoke(Model, inputs)!;
        if (result is Tensor single) return [single];
        var tuple = (ITuple)result;
        return [.. Enumerable.Range(0, tuple.Length).Select(i => (Tensor)tuple[i]!)];
    }

    /// <summary>How many rows the smallest table has that an input names rows of.</summary>
    private Dictionary<string, long> TableRows()
    {
        var sizes = File.Graph.Initializer.ToDictionary(constant => constant.Name, constant => constant.Dims);
        return File.Graph.Node.Where(node => node.OpType == "Gather" && sizes.ContainsKey(node.Input[0]))
            .GroupBy(node => node.Input[1]).ToDictionary(uses => uses.Key, uses => uses.Min(use => sizes[use.Input[0]][0]));
    }

    private static double Difference(Tensor expected, OrtValue found)
    {
        Assert.Equal(expected.shape, found.GetTensorTypeAndShape().Shape);
        float[] numbers = expected.contiguous().data<float>().ToArray();
        var others = found.GetTensorDataAsSpan<float>();
        double largest = 0, difference = 0;
        for (int i = 0; i < numbers.Length; i++)
        {
            Assert.True(float.IsFinite(numbers[i]));
            Assert.True(float.IsFinite(others[i]));
            largest = Math.Max(largest, Math.Abs(numbers[i]));
            difference = Math.Max(difference, Math.Abs(numbers[i] - others[i]));
        }

        return difference / Math.Max(1, largest);
    }
}
