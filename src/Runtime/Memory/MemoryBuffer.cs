using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Memory for the values of a step.</summary>
internal sealed class MemoryBuffer : IDisposable
{
    private readonly Tensor _numbers;
    private readonly Tensor _indices;
    private readonly Tensor _short;

    /// <param name="words">Its size in 32-bit words.</param>
    public MemoryBuffer(long words)
    {
        Words = words;
        _numbers = TensorMemory.New([words + words % 2], LibTorchAbi.Float32).DetachFromDisposeScope();
        _indices = Aten.view_dtype(_numbers, ScalarType.Int64).DetachFromDisposeScope();
        _short = Aten.view_dtype(_numbers, ScalarType.BFloat16).DetachFromDisposeScope();
    }

    /// <summary>Its size in 32-bit words.</summary>
    public long Words { get; }

    /// <summary>A tensor at a place; the memory lives as long as it does. The caller frees it.</summary>
    /// <param name="offset">32-bit words before the place.</param>
    /// <param name="layout">A value of its own.</param>
    public Tensor At(long offset, PlaceLayout layout)
    {
        var buffer = layout.Type switch
        {
            LibTorchAbi.Int64 => _indices,
            LibTorchAbi.BFloat16 => _short,
            _ => _numbers,
        };
        return TensorMemory.At(buffer, offset * sizeof(float) / PlaceLayout.BytesOf(layout.Type), layout.Shape);
    }

    public void Dispose()
    {
        _numbers.Dispose();
        _indices.Dispose();
        _short.Dispose();
    }
}
