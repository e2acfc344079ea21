using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Data whose tensors are freed: an error says so by the data's name; libtorch knows an empty handle alone.</summary>
internal static class DisposedData
{
    /// <summary>A tensor of the data.</summary>
    /// <exception cref="ObjectDisposedException">It is freed.</exception>
    public static Tensor Require(Tensor tensor, object data)
    {
        ObjectDisposedException.ThrowIf(tensor.IsInvalid, data);
        return tensor;
    }
}
