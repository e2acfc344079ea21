using System.Numerics;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Hyperbolic tangents of 32-bit numbers in place, with the longest vectors of the processor: on AMD's libtorch's MKL
/// takes shorter ones.</summary>
internal static unsafe class TanhLoop
{
    /// <summary>Writes them, where a loop can go over the tensor.</summary>
    public static bool TryRun(Tensor x)
    {
        if (!TensorLayout.TryOf(x, out var layout) || !layout.IsPlain) return false;
        float* data = layout.Data;
        ParallelLoop.Run(layout.Count, 4, &Run, data);
        GC.KeepAlive(x);
        return true;
    }

    private static void Run(long begin, long end, void* data)
    {
        float* x = (float*)data;
        long whole = (end - begin) / Vector<float>.Count * Vector<float>.Count, i = begin + whole;
        SquashLoop.Tanh(x + begin, x + begin, whole);
        if (i == end) return;

        // The rest as all others, so that a number's tangent does not depend on where it stands.
        float* rest = stackalloc float[Vector<float>.Count];
        for (long k = i; k < end; k++) rest[k - i] = x[k];
        Vector.Store(HyperbolicTangent.Of(Vector.Load(rest)), rest);
        for (long k = i; k < end; k++) x[k] = rest[k - i];
    }
}
