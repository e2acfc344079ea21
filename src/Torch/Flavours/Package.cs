using Tensor = TorchSharp.torch.Tensor;

namespace Dsl.Torch;

/// <summary>How a native handle becomes a tensor when the TorchSharp package is the surface.</summary>
internal static class TensorWrapper
{
    /// <summary>Takes ownership of a native handle.</summary>
    public static Tensor Wrap(nint handle) => Tensor.UnsafeCreateTensor(handle);
}
