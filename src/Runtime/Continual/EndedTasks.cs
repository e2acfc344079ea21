using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>How many tasks a trainer has ended; a part of its checkpoints.</summary>
public sealed class EndedTasks : IDisposable
{
    /// <summary>None has ended.</summary>
    public EndedTasks() => Number = zeros([], ScalarType.Int64).DetachFromDisposeScope();

    /// <summary>The number without dimensions, int64 on the CPU; the tensor is this object's.</summary>
    public Tensor Number { get; }

    /// <summary>How many.</summary>
    public long Count => MemoryMarshal.Cast<byte, long>(Number.bytes)[0];

    /// <summary>One more has ended.</summary>
    public void Add() => MemoryMarshal.Cast<byte, long>(Number.bytes)[0]++;

    /// <summary>Frees the number.</summary>
    public void Dispose() => Number.Dispose();
}
