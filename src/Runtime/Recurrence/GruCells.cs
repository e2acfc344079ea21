using System.Numerics;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// What a gated recurrent unit's step does beside its matrix products, as one loop over the samples. For plain memory alone;
/// <see cref="GruRecurrence"/> spells the same in operators for all other.
/// </summary>
internal readonly unsafe struct GruCells : IRowCells<GruCells.CellGradients>
{
    private readonly long _samples;
    private readonly int _size;
    private readonly bool _isSingle;
    private readonly nint _gates;
    private readonly nint _memories;
    private readonly nint _states;

    /// <summary>The loops over plain sequences [T, N, ...] of one type.</summary>
    /// <param name="gates">[T, N, 3H]; the sums in the forward pass, which writes the gates over them.</param>
    /// <param name="memories">U h + d of the block n, [T, N, H].</param>
    /// <param name="states">h [T, N, H].</param>
    public GruCells(Tensor gates, Tensor memories, Tensor states)
    {
        _samples = states.size(1);
        _size = checked((int)states.size(2));
        _isSingle = gates.dtype == ScalarType.Float32;
        _gates = (nint)TensorMemory.Pointer(gates);
        _memories = (nint)TensorMemory.Pointer(memories);
        _states = (nint)TensorMemory.Pointer(states);
    }

    /// <summary>Elements of an elementwise loop that a sample is worth: there are three exponentials for each of its
    /// states.</summary>
    public long Work => 20L * _size;

    private long Bytes => _samples * _size * (_isSingle ? sizeof(float) : sizeof(double));

    /// <summary>The gates and h of one element of the sequences, out of its sums and h of another.</summary>
    /// <param name="place">The element.</param>
    /// <param name="before">The element before it in the recurrence; negative for none.</param>
    public void Forward(long place, long before)
    {
        var step = new Step(this, place, before, 0, default);
        ParallelLoop.Run(_samples, Work, _isSingle ? &Forward<float> : &Forward<double>, &step);
    }

    /// <summary>The same for samples [begin, end) of 32-bit numbers, on this thread.</summary>
    public void Forward(long place, long before, long begin, long end)
    {
        var step = new Step(this, place, before, 0, default);
        Forward<float>(begin, end, &step);
    }

    /// <summary>The gradients of one element's sums, out of that of its h.</summary>
    /// <param name="place">The element.</param>
    /// <param name="before">The element before it in the recurrence; negative for none.</param>
    /// <param name="given">The gradient of the states, plain [T, N, H].</param>
    /// <param name="givenPlace">The element of it.</param>
    /// <param name="carried">[N, H]: what later elements add to the gradient of h; it becomes the part of the element before
    /// that does not go through U.</param>
    /// <param name="ofInput">Gradients of W x + b, [T, N, 3H].</param>
    /// <param name="ofState">Gradients of U h + d, [T, N, 3H].</param>
    public void Backward(
        long place, long before, Tensor given, long givenPlace, Tensor carried, Tensor ofInput, Tensor ofState)
    {
        var step = new Step(this, place, before, givenPlace, Gradients(given, carried, ofInput, ofState));
        ParallelLoop.Run(_samples, Work, _isSingle ? &Backward<float> : &Backward<double>, &step);
    }

    /// <summary>The same for samples [begin, end) of 32-bit numbers, on this thread.</summary>
    public void Backward(long place, long before, in CellGradients gradients, long givenPlace, long begin, long end)
    {
        var step = new Step(this, place, before, givenPlace, gradients);
        Backward<float>(begin, end, &step);
    }

    /// <summary>The tensors of a backward pass, as they lie.</summary>
    public static CellGradients Gradients(Tensor given, Tensor carried, Tensor ofInput, Tensor ofState) => new(
        (nint)TensorMemory.Pointer(given), (nint)TensorMemory.Pointer(carried), (nint)TensorMemory.Pointer(ofInput),
        (nint)TensorMemory.Pointer(ofState));

    private static void Forward<T>(long begin, long end, void* context)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var step = (Step*)context;
        int size = step->Size, width = Vector<T>.Count, whole = size - size % width;
        for (long row = begin; row < end; row++)
        {
            T* gates = (T*)step->Gates + 3 * size * row, memories = (T*)step->Memories + size * row;
            T* states = (T*)step->States + size * row;
            T* before = step->StatesBefore == 0 ? null : (T*)step->StatesBefore + size * row;
            // One function at a time: a chain of all three would leave the processor waiting.
            SquashLoop.Sigmoid(gates, whole);
            SquashLoop.Sigmoid(gates + size, whole);
            T* candidate = gates + 2 * size;
            for (int k = 0; k < whole; k += width)
                Vector.Store(Vector.Load(candidate + k) + Vector.Load(gates + k) * Vector.Load(memories + k), candidate + k);
            SquashLoop.Tanh(candidate, candidate, whole);
            for (int k = 0; k < whole; k += width)
            {
                var n = Vector.Load(candidate + k);
                var h = before == null ? Vector<T>.Zero : Vector.Load(before + k);
                Vector.Store(n + Vector.Load(gates + size + k) * (h - n), states + k);
            }

            for (int k = whole; k < size; k++)
            {
                T r = Exponential.Sigmoid(gates[k]), z = Exponential.Sigmoid(gates[size + k]);
                T n = T.Tanh(gates[2 * size + k] + r * memories[k]), h = before == null ? T.Zero : before[k];
                (gates[k], gates[size + k], gates[2 * size + k]) = (r, z, n);
                states[k] = n + z * (h - n);
            }
        }
    }

    private static void Backward<T>(long begin, long end, void* context)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var step = (Step*)context;
        int size = step->Size, width = Vector<T>.Count, whole = size - size % width;
        for (long row = begin; row < end; row++)
        {
            T* gates = (T*)step->Gates + 3 * size * row, memories = (T*)step->Memories + size * row;
            T* before = step->StatesBefore == 0 ? null : (T*)step->StatesBefore + size * row;
            T* given = (T*)step->Given + size * row, carried = (T*)step->Carried + size * row;
            T* ofInput = (T*)step->OfInput + 3 * size * row, ofState = (T*)step->OfState + 3 * size * row;
            for (int k = 0; k < whole; k += width)
            {
                Vector<T> r = Vector.Load(gates + k), z = Vector.Load(gates + size + k), n = Vector.Load(gates + 2 * size + k);
                Vector<T> m = Vector.Load(memories + k), h = before == null ? Vector<T>.Zero : Vector.Load(before + k);
                Vector<T> dh = Vector.Load(given + k) + Vector.Load(carried + k), one = Vector<T>.One;
                Vector<T> toCandidate = dh * (one - z) * (one - n * n), toUpdate = dh * (h - n) * z * (one - z);
                var toReset = toCandidate * m * r * (one - r);
                Vector.Store(toReset, ofInput + k);
                Vector.Store(toReset, ofState + k);
                Vector.Store(toUpdate, ofInput + size + k);
                Vector.Store(toUpdate, ofState + size + k);
                Vector.Store(toCandidate, ofInput + 2 * size + k);
                Vector.Store(toCandidate * r, ofState + 2 * size + k);
                Vector.Store(dh * z, carried + k);
            }

            for (int k = whole; k < size; k++)
            {
                T r = gates[k], z = gates[size + k], n = gates[2 * size + k], h = before == null ? T.Zero : before[k];
                T dh = given[k] + carried[k], toCandidate = dh * (T.One - z) * (T.One - n * n);
                ofInput[k] = ofState[k] = toCandidate * memories[k] * r * (T.One - r);
                ofInput[size + k] = ofState[size + k] = dh * (h - n) * z * (T.One - z);
                ofInput[2 * size + k] = toCandidate;
                ofState[2 * size + k] = toCandidate * r;
                carried[k] = dh * z;
            }
        }
    }

    /// <summary>Where gradients lie: the given one, [T, N, H], what is carried, [N, H], and those of the sums,
    /// [T, N, 3H].</summary>
    public readonly record struct CellGradients(nint Given, nint Carried, nint OfInput, nint OfState);

    /// <summary>Where the numbers of one element of the sequences begin.</summary>
    private readonly struct Step
    {
        public readonly int Size;
        public readonly nint Gates;
        public readonly nint Memories;
        public readonly nint States;
        public readonly nint StatesBefore;
        public readonly nint Given;
        public readonly nint Carried;
        public readonly nint OfInput;
        public readonly nint OfState;

        public Step(GruCells cells, long place, long before, long givenPlace, in CellGradients gradients)
        {
            long bytes = cells.Bytes;
            Size = cells._size;
            Gates = cells._gates + (nint)(3 * bytes * place);
            Memories = cells._memories + (nint)(bytes * place);
            States = cells._states + (nint)(bytes * place);
            StatesBefore = before < 0 ? 0 : cells._states + (nint)(bytes * before);
            if (gradients == default) return;
            Given = gradients.Given + (nint)(bytes * givenPlace);
            Carried = gradients.Carried;
            OfInput = gradients.OfInput + (nint)(3 * bytes * place);
            OfState = gradients.OfState + (nint)(3 * bytes * place);
        }
    }
}
