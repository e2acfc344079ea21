using System.Numerics;
using System.Runtime.Intrinsics;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>A derivative, element by element: of the gradient that comes and of the activation's result, with one
/// number.</summary>
internal interface IGradientRule
{
    static abstract Vector<T> Of<T>(Vector<T> gradient, Vector<T> result, Vector<T> number)
        where T : unmanaged, INumber<T>;

    static abstract T Of<T>(T gradient, T result, T number)
        where T : unmanaged, INumber<T>;

    /// <summary>The same for one element in CUDA C, of <c>gradient</c>, <c>result</c> and <c>number</c>; null where it runs on
    /// the processor alone.</summary>
    static virtual string? Kernel => null;

    /// <summary>Whether the rule takes vectors of 512 bits too, which is worth it where it is of many instructions.</summary>
    static virtual bool IsLong => false;

    static virtual Vector512<float> Of(Vector512<float> gradient, Vector512<float> result) =>
        throw new NotSupportedException();
}

/// <summary>
/// Derivatives of activations that libtorch only has as operators with numbers, which its C interface cannot pass: one loop over
/// memory, on libtorch's own threads where it is long.
/// </summary>
internal static unsafe class GradientLoop
{
    /// <summary>Writes the derivative, where the tensors lie in the processor's memory without gaps and are of one floating
    /// type.</summary>
    /// <returns>Whether it did: elsewhere the caller has to spell the rule in operators.</returns>
    public static bool TryRun<TRule>(Tensor output, Tensor gradient, Tensor result, double number)
        where TRule : IGradientRule
    {
        if (GradientKernel<TRule>.TryRun(output, gradient, result, number)) return true;

        // Of 32 bits, nearly always: asked for in typed calls, which are cheap beside a short loop.
        if (TensorLayout.TryOf(gradient, out var gradients) && TensorLayout.TryOf(result, out var results)
            && TensorLayout.TryOf(output, out var outputs))
        {
            if (!gradients.IsPlain || !results.IsPlain || !outputs.IsPlain || results.Count != gradients.Count
                || outputs.Count != gradients.Count) return false;
            var single = new Memory(outputs.Data, gradients.Data, results.Data, number);
            ParallelLoop.Run(gradients.Count, 1, &Run<float, TRule>, &single);
        }
        else
        {
            if (!IsPlainDouble(gradient) || !IsPlainDouble(result) || !IsPlainDouble(output)) return false;
            long count = gradient.numel();
            if (result.numel() != count || output.numel() != count) return false;
            var memory = new Memory(
                TensorMemory.Pointer(output), TensorMemory.Pointer(gradient), TensorMemory.Pointer(result), number);
            ParallelLoop.Run(count, 1, &Run<double, TRule>, &memory);
        }

        GC.KeepAlive(output);
        GC.KeepAlive(gradient);
        GC.KeepAlive(result);
        return true;
    }

    private static bool IsPlainDouble(Tensor tensor) => tensor.dtype == ScalarType.Float64 && TensorMemory.IsPlain(tensor);

    private static void Run<T, TRule>(long begin, long end, void* context)
        where T : unmanaged, INumber<T>
        where TRule : IGradientRule
    {
        var memory = (Memory*)context;
        T* output = (T*)memory->Output, gradient = (T*)memory->Gradient, result = (T*)memory->Result;
        T number = T.CreateTruncating(memory->Number);
        var numbers = new Vector<T>(number);
        long i = begin;
        if (typeof(T) == typeof(float) && TRule.IsLong && Exponential.HasLong)
        {
            float* outputs = (float*)output, gradients = (float*)gradient, results = (float*)result;
            for (; i <= end - Vector512<float>.Count; i += Vector512<float>.Count)
                Vector512.Store(TRule.Of(Vector512.Load(gradients + i), Vector512.Load(results + i)), outputs + i);
        }

        for (; i <= end - Vector<T>.Count; i += Vector<T>.Count)
            Vector.Store(TRule.Of(Vector.Load(gradient + i), Vector.Load(result + i), numbers), output + i);
        for (; i < end; i++) output[i] = TRule.Of(gradient[i], result[i], number);
    }

    private readonly struct Memory(void* output, void* gradient, void* result, double number)
    {
        public readonly void* Output = output;
        public readonly void* Gradient = gradient;
        public readonly void* Result = result;
        public readonly double Number = number;
    }
}
