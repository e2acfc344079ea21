using System.Buffers;
using System.Numerics;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Runs the loops that the compiler has made of operators that go element by element. Parts of a fixed length run on
/// libtorch's own threads where there are many; their sums are added up afterwards, in order.</summary>
public static unsafe class ElementLoop
{
    private const int Part = 4096;

    // Sums of parts that lie on the stack.
    private const int Few = 64;

    /// <summary>Whether a loop can go over tensors: 32-bit numbers in the processor's memory, without gaps and outside of
    /// autograd.</summary>
    /// <param name="operands">Of one shape.</param>
    /// <param name="numbers">Without dimensions.</param>
    public static bool CanRun(ReadOnlySpan<Tensor> operands, ReadOnlySpan<Tensor> numbers)
    {
        if (!LoopChoice.CanRun || operands.IsEmpty || !TensorLayout.TryOf(operands[0], out var first) || first.Count == 0)
            return false;
        foreach (var operand in operands)
            if (!TensorLayout.TryOf(operand, out var layout) || !layout.IsPlain || !layout.Sizes.SequenceEqual(first.Sizes))
                return false;
        foreach (var number in numbers)
            if (!TensorLayout.TryOf(number, out var layout) || layout.Count != 1) return false;
        return true;
    }

    /// <summary>A tensor for a result, in the memory of the step.</summary>
    /// <param name="operand">Of its shape.</param>
    public static Tensor Like(Tensor operand) => TensorMemory.Like(operand);

    /// <summary>A tensor without dimensions for a sum, in the memory of the step.</summary>
    public static Tensor Sum() => TensorMemory.Empty();

    /// <summary>Runs a loop.</summary>
    /// <param name="operands">What it reads, which <see cref="CanRun"/> accepts.</param>
    /// <param name="numbers">Tensors without dimensions.</param>
    /// <param name="others">Other numbers that stand beside all elements.</param>
    /// <param name="results">What it writes, of the operands' shape.</param>
    /// <param name="sums">Its sums and means, without dimensions.</param>
    /// <typeparam name="TLoop">The loop.</typeparam>
    public static void Run<TLoop>(
        ReadOnlySpan<Tensor> operands, ReadOnlySpan<Tensor> numbers, ReadOnlySpan<double> others, ReadOnlySpan<Tensor> results,
        ReadOnlySpan<Tensor> sums)
        where TLoop : struct, IElementLoop
    {
        var work = new ElementWork { Operands = operands.Length, Results = results.Length, Sums = sums.Length };
        for (int i = 0; i < operands.Length; i++)
        {
            TensorLayout.TryOf(operands[i], out var layout);
            work.SetOperand(i, layout.Data);
            work.Count = layout.Count;
        }

        for (int i = 0; i < results.Length; i++) work.SetResult(i, (float*)TensorMemory.Pointer(results[i]));
        for (int i = 0; i < numbers.Length; i++) work.Numbers[i] = *(float*)TensorMemory.Pointer(numbers[i]);
        for (int i = 0; i < others.Length; i++) work.Numbers[numbers.Length + i] = (float)others[i];
        long parts = (work.Count + Part - 1) / Part;
        int count = checked((int)(parts * sums.Length));
        double[]? rented = count > Few ? ArrayPool<double>.Shared.Rent(count) : null;
        Span<double> added = rented is null ? stackalloc double[Few] : rented.AsSpan(0, count);
        added.Clear();
        fixed (double* each = added)
        {
            work.Parts = each;
            ParallelLoop.Run(parts, Part, &RunParts<TLoop>, &work);
            for (int i = 0; i < sums.Length; i++)
            {
                double sum = 0;
                for (long part = 0; part < parts; part++) sum += each[part * sums.Length + i];
                *(float*)TensorMemory.Pointer(sums[i]) = (float)(work.AreMeans[i] ? sum / work.Count : sum);
            }
        }

        if (rented is not null) ArrayPool<double>.Shared.Return(rented);
        foreach (var operand in operands) GC.KeepAlive(operand);
        foreach (var result in results) GC.KeepAlive(result);
    }

    private static void RunParts<TLoop>(long begin, long end, void* context)
        where TLoop : struct, IElementLoop
    {
        var work = (ElementWork*)context;
        int width = Vector<float>.Count;
        Vector<float>* rest = stackalloc Vector<float>[2 * ElementWork.Most];
        for (long part = begin; part < end; part++)
        {
            long first = part * Part;
            int count = (int)Math.Min(Part, work->Count - first), whole = count / width * width, left = count - whole;
            double* sums = work->Parts + part * work->Sums;
            if (whole > 0) TLoop.Run(new ElementPart(work, first, whole, null, sums));
            if (left == 0) continue;

            // Numbers that do not fill a vector are computed in one that stands elsewhere, beside ones.
            for (int i = 0; i < work->Operands; i++)
            {
                rest[i] = Vector<float>.One;
                new ReadOnlySpan<float>(work->Operand(i) + first + whole, left).CopyTo(new Span<float>(rest + i, width));
            }

            TLoop.Run(new ElementPart(work, 0, left, rest, sums));
            for (int i = 0; i < work->Results; i++)
                new ReadOnlySpan<float>(rest + ElementWork.Most + i, left)
                    .CopyTo(new Span<float>(work->Result(i) + first + whole, left));
        }
    }
}
