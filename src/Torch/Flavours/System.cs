using Tensor = TorchSharp.torch.Tensor;

namespace Dsl.Torch;

/// <summary>How a native handle becomes a tensor when this repository's own surface is in use.</summary>
internal static class TensorWrapper
{
    /// <summary>Takes ownership of a native handle.</summary>
    public static Tensor Wrap(nint handle) => new(handle);
}
