using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>A right factor [k, m] of many products, as a recurrence has it at each step: where products are ours it is laid out
/// once.</summary>
internal readonly unsafe struct RepeatedFactor : IDisposable
{
    private readonly Tensor _factor;
    private readonly StridedMatrix _matrix;
    private readonly Tensor? _panels;
    private readonly float* _laid;

    /// <param name="factor">The factor, the caller's, which must not change.</param>
    public RepeatedFactor(Tensor factor)
    {
        _factor = factor;
        if (!Aten.IsOurs() || !StridedMatrix.TryOf(factor, out _matrix) || _matrix.IsEmpty) return;
        _panels = TensorMemory.Empty(StridedProduct.SizeOf(_matrix));
        _laid = (float*)TensorMemory.Pointer(_panels);
        StridedProduct.LayWhole(_matrix, _laid);
    }

    /// <summary>Whether it is laid out, for products of matrices that are no tensors.</summary>
    public bool IsLaid => _laid != null;

    /// <summary>It as it is laid out.</summary>
    public LaidFactor Laid => new(_matrix, (nint)_laid);

    /// <summary>output ← output + a · factor, for matrices of sizes that fit, where the factor is laid out.</summary>
    public void AddProduct(in StridedMatrix output, in StridedMatrix a) =>
        StridedProduct.AddLaid(a, _matrix, _laid, output);

    /// <summary>output ← output + a · factor, for a [n, k] and output [n, m].</summary>
    public void AddProduct(Tensor output, Tensor a)
    {
        if (_laid == null || !StridedMatrix.TryOf(output, out var result) || !StridedMatrix.TryOf(a, out var left)
            || result.ColumnStride != 1 || left.Rows != result.Rows || left.Columns != _matrix.Rows
            || result.Columns != _matrix.Columns || left.IsEmpty)
        {
            Aten.addmm_(output, a, _factor);
            return;
        }

        StridedProduct.AddLaid(left, _matrix, _laid, result);
        GC.KeepAlive(output);
        GC.KeepAlive(a);
    }

    /// <summary>output ← c + a · factor, of which c may be a row for all.</summary>
    public void SetProduct(Tensor output, Tensor c, Tensor a)
    {
        if (_laid == null)
        {
            Aten.addmm_out(output, c, a, _factor);
            return;
        }

        output.copy_(c);
        AddProduct(output, a);
    }

    public void Dispose() => _panels?.Free();
}
