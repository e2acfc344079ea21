using static TorchSharp.torch;

namespace Dsl.Runtime;

// Products of matrices: by our own loops where they are the faster ones (ProductChoice); by libtorch elsewhere, and where
// autograd is to record them.
public static unsafe partial class Aten
{
    /// <summary>c ← c + a·b for matrices; the product is never in memory by itself.</summary>
    public static Tensor addmm_(Tensor c, Tensor a, Tensor b)
    {
        if (!TryAddProduct(c, a, b)) DispatchAddProduct(c, c, a, b);
        return c;
    }

    /// <summary>c ← c + aᵀ·b for matrices a [k, n], b [k, m] and c [n, m].</summary>
    public static Tensor addmm_transposed_(Tensor c, Tensor a, Tensor b)
    {
        ArgumentNullException.ThrowIfNull(a);
        if (TryAddProduct(c, a, b, transpose: true)) return c;
        using var transposed = a.t();
        return DispatchAddProduct(c, c, transposed, b);
    }

    /// <summary>output ← c + a·b for matrices, of which c may be a row for all.</summary>
    public static Tensor addmm_out(Tensor output, Tensor c, Tensor a, Tensor b)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(c);
        if (!CanAddProduct(output, a, b)) return DispatchAddProduct(output, c, a, b);
        output.copy_(c);
        return addmm_(output, a, b);
    }

    private static Tensor DispatchAddProduct(Tensor output, Tensor c, Tensor a, Tensor b)
    {
        OperatorCount.Add();
        int status = LibTorchAbi.AddMatrixProduct(output.Handle, c.Handle, a.Handle, b.Handle, 1, 1);
        if (status != 0) throw TorchException.Refused("aten::addmm", output, c, a, b);
        GC.KeepAlive(output);
        GC.KeepAlive(c);
        GC.KeepAlive(a);
        GC.KeepAlive(b);
        return output;
    }

    /// <summary>a·b for matrices [n, k] and [k, m]: [n, m].</summary>
    public static Tensor mm(Tensor a, Tensor b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        if (!IsOurs() || !StridedMatrix.TryOf(a, out var left) || !StridedMatrix.TryOf(b, out var right)
            || left.Columns != right.Rows || left.IsEmpty || right.IsEmpty) return TryShortProduct(a, b) ?? a.mm(b);
        var output = TensorMemory.Empty(left.Rows, right.Columns);
        StridedMatrix.TryOf(output, out var result);
        StridedProduct.Run(left, right, result, add: false);
        GC.KeepAlive(a);
        GC.KeepAlive(b);
        return output;
    }

    /// <summary>The products of B pairs of matrices, [B, n, k] and [B, k, m]: [B, n, m].</summary>
    public static Tensor bmm(Tensor a, Tensor b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        if (!IsOurs() || !TensorLayout.TryOf(a, out var left) || !TensorLayout.TryOf(b, out var right)
            || left.Rank != 3 || right.Rank != 3 || left.Sizes[0] != right.Sizes[0] || left.Sizes[2] != right.Sizes[1]
            || left.Sizes.Contains(0) || right.Sizes.Contains(0)) return TryShortProducts(a, b) ?? a.bmm(b);
        var output = TensorMemory.Empty(left.Sizes[0], left.Sizes[1], right.Sizes[2]);
        TensorLayout.TryOf(output, out var result);
        StridedProduct.RunMany(left, right, result);
        GC.KeepAlive(a);
        GC.KeepAlive(b);
        return output;
    }

    /// <summary>x·Wᵀ + b on the last dimension, for x [..., in], W [out, in] and b [out] or null.</summary>
    public static Tensor linear(Tensor x, Tensor weight, Tensor? bias)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(weight);
        if (IsOurs() && TryLinear(x, weight, bias) is { } output) return output;
        return (bias is null ? TryShortLinear(x, weight) : null) ?? nn.functional.linear(x, weight, bias);
    }

    private static Tensor? TryLinear(Tensor x, Tensor weight, Tensor? bias)
    {
        if (!StridedMatrix.TryOf(weight, out var factor) || !StridedMatrix.TryOfRows(x, out var rows)) return null;
        if (rows.Columns != factor.Columns || rows.IsEmpty || factor.IsEmpty) return null;
        TensorLayout values = default;
        if (bias is not null
            && (!TensorLayout.TryOf(bias, out values) || values.Rank != 1 || values.Sizes[0] != factor.Rows || !values.IsPlain))
            return null;

        TensorLayout.TryOf(x, out var given);
        Span<long> shape = stackalloc long[given.Rank];
        given.Sizes.CopyTo(shape);
        shape[^1] = factor.Rows;
        var output = TensorMemory.Empty(shape);
        StridedMatrix.TryOfRows(output, out var result);
        if (bias is not null) result.SetRows(values.Data);
        StridedProduct.Run(rows, factor.Transposed, result, add: bias is not null);
        GC.KeepAlive(x);
        GC.KeepAlive(weight);
        GC.KeepAlive(bias);
        return output;
    }

    private static bool TryAddProduct(Tensor output, Tensor a, Tensor b, bool transpose = false)
    {
        if (!TryFind(output, a, b, transpose, out var result, out var left, out var right)) return false;
        StridedProduct.Run(left, right, result, add: true);
        GC.KeepAlive(output);
        GC.KeepAlive(a);
        GC.KeepAlive(b);
        return true;
    }

    private static bool CanAddProduct(Tensor output, Tensor a, Tensor b) =>
        TryFind(output, a, b, transpose: false, out _, out _, out _);

    private static bool TryFind(
        Tensor output, Tensor a, Tensor b, bool transpose, out StridedMatrix result, out StridedMatrix left,
        out StridedMatrix right)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        (result, left, right) = (default, default, default);
        if (!IsOurs() || !StridedMatrix.TryOf(a, out left)) return false;
        if (transpose) left = left.Transposed;
        return StridedMatrix.TryOf(output, out result) && StridedMatrix.TryOf(b, out right)
            && left.Columns == right.Rows && left.Rows == result.Rows
            && right.Columns == result.Columns && !left.IsEmpty && !right.IsEmpty
            && (result.ColumnStride == 1 || result.RowStride == 1);
    }

    internal static bool IsOurs() => LibTorchAbi.GradModeIsEnabled() == 0 && ProductChoice.IsOurs;
}
