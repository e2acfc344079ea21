using System.Runtime.CompilerServices;
using Tensor = TorchSharp.torch.Tensor;

namespace Dsl.Torch;

/// <summary>Lists of tensors on their way into the shim, as arrays of handles.</summary>
internal static class TensorList
{
    /// <summary>Lists up to this length live on the stack; longer ones are rare, and allocated.</summary>
    public const int StackLength = 128;

    /// <summary>Writes the tensors' handles; a missing tensor's is null, which the shim refuses where it must not be.</summary>
    public static void Fill(ReadOnlySpan<Tensor?> tensors, Span<nint> handles)
    {
        for (var i = 0; i < tensors.Length; i++)
        {
            handles[i] = tensors[i] is { } tensor ? tensor.Handle : 0;
        }
    }

    /// <summary>Keeps the tensors from being finalized before this point.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void KeepAlive(ReadOnlySpan<Tensor?> tensors)
    {
        foreach (var tensor in tensors)
        {
            GC.KeepAlive(tensor);
        }
    }
}
