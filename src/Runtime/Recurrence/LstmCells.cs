using System.Numerics;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// What an LSTM's step does beside its matrix product, as one loop over the samples: some forty operators of small tensors would
/// cost more than their numbers. For plain memory alone; <see cref="LstmRecurrence"/> spells the same in operators for all other.
/// </summary>
internal readonly unsafe struct LstmCells : IRowCells<LstmCells.CellGradients>
{
    private readonly long _samples;
    private readonly int _size;
    private readonly int _stateBlocks;
    private readonly bool _isSingle;
    private readonly nint _gates;
    private readonly nint _cells;
    private readonly nint _squashed;
    private readonly nint _states;

    /// <summary>The loops over sequences [T, N, ...] that <see cref="Fit"/>.</summary>
    /// <param name="gates">[T, N, 4H]; the sums in the forward pass, which writes the gates over them.</param>
    /// <param name="cells">c [T, N, H].</param>
    /// <param name="squashed">tanh(c) [T, N, H].</param>
    /// <param name="states">h [T, N, H], or, in the backward pass, the gradient of the sums [T, N, 4H].</param>
    public LstmCells(Tensor gates, Tensor cells, Tensor squashed, Tensor states)
    {
        _samples = cells.size(1);
        _size = checked((int)cells.size(2));
        _stateBlocks = (int)(states.size(2) / cells.size(2));
        _isSingle = gates.dtype == ScalarType.Float32;
        _gates = (nint)TensorMemory.Pointer(gates);
        _cells = (nint)TensorMemory.Pointer(cells);
        _squashed = (nint)TensorMemory.Pointer(squashed);
        _states = (nint)TensorMemory.Pointer(states);
    }

    /// <summary>Elements of an elementwise loop that a sample is worth: there are five exponentials for each of its
    /// states.</summary>
    public long Work => 32L * _size;

    private long Bytes => _samples * _size * (_isSingle ? sizeof(float) : sizeof(double));

    /// <summary>Whether the loops can go over these tensors.</summary>
    public static bool Fit(params ReadOnlySpan<Tensor> tensors)
    {
        foreach (var tensor in tensors)
            if (!TensorMemory.IsPlain(tensor) || tensor.dtype != tensors[0].dtype) return false;
        return true;
    }

    /// <summary>The gates, c, tanh(c) and h of one element of the sequences, out of its sums and c of another.</summary>
    /// <param name="place">The element.</param>
    /// <param name="before">The element before it in the recurrence; negative for none.</param>
    public void Forward(long place, long before)
    {
        var step = new Step(this, place, before, 0, 0, 0);
        ParallelLoop.Run(_samples, Work, _isSingle ? &Forward<float> : &Forward<double>, &step);
    }

    /// <summary>The same for samples [begin, end) of 32-bit numbers, on this thread.</summary>
    public void Forward(long place, long before, long begin, long end)
    {
        var step = new Step(this, place, before, 0, 0, 0);
        Forward<float>(begin, end, &step);
    }

    /// <summary>The gradient of one element's sums, out of that of its h and, carried from element to element, of its
    /// c.</summary>
    /// <param name="place">The element.</param>
    /// <param name="before">The element before it in the recurrence; negative for none.</param>
    /// <param name="given">The gradient of the states, plain [T, N, H].</param>
    /// <param name="givenPlace">The element of it.</param>
    /// <param name="stateGradient">[N, H]: what later elements add to dh, which becomes zeros.</param>
    /// <param name="cellGradient">dc [N, H] as later elements left it, which becomes that of the element before.</param>
    public void Backward(
        long place, long before, Tensor given, long givenPlace, Tensor stateGradient, Tensor cellGradient)
    {
        var step = StepBackward(Gradients(given, stateGradient, cellGradient), place, before, givenPlace);
        ParallelLoop.Run(_samples, Work, _isSingle ? &Backward<float> : &Backward<double>, &step);
    }

    /// <summary>The same for samples [begin, end) of 32-bit numbers, on this thread.</summary>
    public void Backward(long place, long before, in CellGradients gradients, long givenPlace, long begin, long end)
    {
        var step = StepBackward(gradients, place, before, givenPlace);
        Backward<float>(begin, end, &step);
    }

    /// <summary>The tensors of a backward pass, as they lie.</summary>
    public static CellGradients Gradients(Tensor given, Tensor stateGradient, Tensor cellGradient) => new(
        (nint)TensorMemory.Pointer(given), (nint)TensorMemory.Pointer(stateGradient), (nint)TensorMemory.Pointer(cellGradient));

    private Step StepBackward(in CellGradients gradients, long place, long before, long givenPlace) => new(
        this, place, before, gradients.Given + (nint)(Bytes * givenPlace), gradients.OfState, gradients.OfCell);

    private static void Forward<T>(long begin, long end, void* context)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var step = (Step*)context;
        int size = step->Size, width = Vector<T>.Count, whole = size - size % width;
        for (long row = begin; row < end; row++)
        {
            T* gates = (T*)step->Gates + 4 * size * row, cells = (T*)step->Cells + size * row;
            T* squashed = (T*)step->Squashed + size * row, states = (T*)step->States + size * row;
            T* before = step->CellsBefore == 0 ? null : (T*)step->CellsBefore + size * row;
            // One function at a time: a chain of a cell's five would leave the processor waiting.
            SquashLoop.Sigmoid(gates, whole);
            SquashLoop.Sigmoid(gates + size, whole);
            SquashLoop.Tanh(gates + 2 * size, gates + 2 * size, whole);
            SquashLoop.Sigmoid(gates + 3 * size, whole);
            for (int k = 0; k < whole; k += width)
            {
                var c = Vector.Load(gates + k) * Vector.Load(gates + 2 * size + k);
                if (before != null) c += Vector.Load(gates + size + k) * Vector.Load(before + k);
                Vector.Store(c, cells + k);
            }

            SquashLoop.Tanh(cells, squashed, whole);
            for (int k = 0; k < whole; k += width)
                Vector.Store(Vector.Load(gates + 3 * size + k) * Vector.Load(squashed + k), states + k);

            for (int k = whole; k < size; k++)
            {
                T i = Exponential.Sigmoid(gates[k]), f = Exponential.Sigmoid(gates[size + k]), g = T.Tanh(gates[2 * size + k]);
                T o = Exponential.Sigmoid(gates[3 * size + k]), c = i * g;
                if (before != null) c += f * before[k];
                T t = T.Tanh(c);
                (gates[k], gates[size + k], gates[2 * size + k], gates[3 * size + k]) = (i, f, g, o);
                (cells[k], squashed[k], states[k]) = (c, t, o * t);
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
            T* gates = (T*)step->Gates + 4 * size * row, sums = (T*)step->States + 4 * size * row;
            T* squashed = (T*)step->Squashed + size * row;
            T* before = step->CellsBefore == 0 ? null : (T*)step->CellsBefore + size * row;
            T* dh = (T*)step->StateGradient + size * row, dc = (T*)step->CellGradient + size * row;
            T* given = (T*)step->Given + size * row;
            for (int k = 0; k < whole; k += width)
            {
                Vector<T> i = Vector.Load(gates + k), f = Vector.Load(gates + size + k);
                Vector<T> g = Vector.Load(gates + 2 * size + k), o = Vector.Load(gates + 3 * size + k);
                Vector<T> t = Vector.Load(squashed + k), one = Vector<T>.One;
                var h = Vector.Load(given + k) + Vector.Load(dh + k);
                var c = Vector.Load(dc + k) + h * o * (one - t * t);
                Vector.Store(c * g * i * (one - i), sums + k);
                Vector.Store(before == null ? Vector<T>.Zero : c * Vector.Load(before + k) * f * (one - f), sums + size + k);
                Vector.Store(c * i * (one - g * g), sums + 2 * size + k);
                Vector.Store(h * t * o * (one - o), sums + 3 * size + k);
                Vector.Store(c * f, dc + k);
                Vector.Store(Vector<T>.Zero, dh + k);
            }

            for (int k = whole; k < size; k++)
            {
                T i = gates[k], f = gates[size + k], g = gates[2 * size + k], o = gates[3 * size + k], t = squashed[k];
                T h = given[k] + dh[k], c = dc[k] + h * o * (T.One - t * t);
                sums[k] = c * g * i * (T.One - i);
                sums[size + k] = before == null ? T.Zero : c * before[k] * f * (T.One - f);
                sums[2 * size + k] = c * i * (T.One - g * g);
                sums[3 * size + k] = h * t * o * (T.One - o);
                dc[k] = c * f;
                dh[k] = T.Zero;
            }
        }
    }

    /// <summary>Where gradients lie: the given one, [T, N, H], and those of h and c, [N, H].</summary>
    public readonly record struct CellGradients(nint Given, nint OfState, nint OfCell);

    /// <summary>Where the numbers of one element of the sequences begin.</summary>
    private readonly struct Step
    {
        public readonly int Size;
        public readonly nint Gates;
        public readonly nint Cells;
        public readonly nint CellsBefore;
        public readonly nint Squashed;
        public readonly nint States;
        public readonly nint Given;
        public readonly nint StateGradient;
        public readonly nint CellGradient;

        public Step(LstmCells cells, long place, long before, nint given, nint stateGradient, nint cellGradient)
        {
            long bytes = cells.Bytes;
            Size = cells._size;
            Gates = cells._gates + (nint)(4 * bytes * place);
            Cells = cells._cells + (nint)(bytes * place);
            CellsBefore = before < 0 ? 0 : cells._cells + (nint)(bytes * before);
            Squashed = cells._squashed + (nint)(bytes * place);
            States = cells._states + (nint)(cells._stateBlocks * bytes * place);
            Given = given;
            StateGradient = stateGradient;
            CellGradient = cellGradient;
        }
    }
}
