using Microsoft.ML.OnnxRuntime;
using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Tests.OnnxFiles;

/// <summary>Tensors as ONNX Runtime takes them.</summary>
internal sealed class OrtInputs : IDisposable
{
    private readonly Dictionary<string, OrtValue> _values = [];

    public OrtInputs(IEnumerable<(string Name, Tensor Tensor)> tensors)
    {
        foreach (var (name, tensor) in tensors)
        {
            _values.Add(name, tensor.dtype == ScalarType.Int64
                ? OrtValue.CreateTensorValueFromMemory(tensor.data<long>().ToArray(), tensor.shape)
                : OrtValue.CreateTensorValueFromMemory(tensor.data<float>().ToArray(), tensor.shape));
        }
    }

    public IReadOnlyDictionary<string, OrtValue> Values => _values;

    public void Dispose()
    {
        foreach (var value in _values.Values) value.Dispose();
    }
}
