using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Large tensors that were found finite and that no operator has written to since, as the nodes of a graph are, which
/// every step takes whole: reading them once more would cost a step as much as a product with them.</summary>
/// <remarks>Writing through a pointer is no operator: a part of the tensor is read all the same at each look, another one each
/// time, so that such a change is found after <see cref="Parts"/> looks at the latest.</remarks>
internal static class SeenFinite
{
    /// <summary>Looks in which the whole is read once.</summary>
    public const int Parts = 16;

    // Elements below which a look costs less than what a step does with them: 1 MB.
    private const long Least = 1 << 18;

    private static readonly ConditionalWeakTable<Tensor, Seen> s_seen = [];

    /// <summary>Whether every element is finite, as far as it has to be read.</summary>
    /// <param name="tensor">One that <see cref="FiniteMemory.CanRead"/> accepts.</param>
    public static bool IsFinite(Tensor tensor)
    {
        if (tensor.numel() < Least || Aten.is_inference(tensor)) return FiniteMemory.IsFinite(tensor);
        long version = Aten._version(tensor);
        if (s_seen.TryGetValue(tensor, out var seen) && seen.Version == version && seen.IsOf(tensor))
            return FiniteMemory.IsFinite(tensor, seen.Next(), Parts);
        if (!FiniteMemory.IsFinite(tensor)) return false;
        s_seen.AddOrUpdate(tensor, new Seen(tensor, version));
        return true;
    }

    private sealed unsafe class Seen(Tensor tensor, long version)
    {
        private readonly nint _start = (nint)TensorMemory.Pointer(tensor);
        private readonly long _count = tensor.numel();
        private int _part = -1;

        public long Version { get; } = version;

        public bool IsOf(Tensor tensor) => _start == (nint)TensorMemory.Pointer(tensor) && _count == tensor.numel();

        public int Next() => (int)((uint)Interlocked.Increment(ref _part) % Parts);
    }
}
