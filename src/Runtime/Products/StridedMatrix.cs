using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>A matrix of 32-bit numbers as it lies in the processor's memory: element (i, j) stands at
/// <c>Data + i * RowStride + j * ColumnStride</c>.</summary>
/// <param name="Data">The first element.</param>
/// <param name="Rows">Number of rows.</param>
/// <param name="Columns">Number of columns.</param>
/// <param name="RowStride">Elements from a row to the next.</param>
/// <param name="ColumnStride">Elements from a column to the next.</param>
internal readonly unsafe record struct StridedMatrix(
    nint Data, long Rows, long Columns, long RowStride, long ColumnStride)
{
    /// <summary>Rows and columns exchanged.</summary>
    public StridedMatrix Transposed => new(Data, Columns, Rows, ColumnStride, RowStride);

    /// <summary>The element in the first row and column, as a pointer.</summary>
    public float* First => (float*)Data;

    /// <summary>Whether it has no elements.</summary>
    public bool IsEmpty => Rows == 0 || Columns == 0;

    /// <summary>A matrix of this form that stands so many elements further on.</summary>
    public StridedMatrix At(long elements) => this with { Data = (nint)(First + elements) };

    /// <summary>Columns [from, from + count).</summary>
    public StridedMatrix ColumnsFrom(long from, long count) =>
        At(from * ColumnStride) with { Columns = count };

    /// <summary>Rows [from, from + count).</summary>
    public StridedMatrix RowsFrom(long from, long count) =>
        At(from * RowStride) with { Rows = count };

    /// <summary>Writes a number into each row, whose columns lie side by side.</summary>
    /// <param name="column">As many as there are rows.</param>
    public void SetColumns(float* column)
    {
        for (long i = 0; i < Rows; i++) new Span<float>(First + i * RowStride, checked((int)Columns)).Fill(column[i]);
    }

    /// <summary>Writes the same numbers into every row.</summary>
    /// <param name="row">As many as there are columns, which lie side by side.</param>
    public void SetRows(float* row)
    {
        var values = new ReadOnlySpan<float>(row, checked((int)Columns));
        for (long i = 0; i < Rows; i++) values.CopyTo(new Span<float>(First + i * RowStride, values.Length));
    }

    /// <summary>The matrix that a tensor of two dimensions is, where it holds 32-bit numbers in the processor's memory. Valid as
    /// long as the tensor is: keep it alive.</summary>
    public static bool TryOf(Tensor tensor, out StridedMatrix matrix)
    {
        bool found = TensorLayout.TryOf(tensor, out var layout) && layout.Rank == 2;
        matrix = found ? layout.Matrix(0) : default;
        return found;
    }

    /// <summary>The matrix whose rows are a tensor's last dimension, of [..., columns], all others joined into one.</summary>
    public static bool TryOfRows(Tensor tensor, out StridedMatrix matrix)
    {
        matrix = default;
        if (!TensorLayout.TryOf(tensor, out var layout) || layout.Rank < 2) return false;
        long rows = layout.Sizes[0];
        for (int i = 1; i < layout.Rank - 1; i++)
        {
            if (layout.Strides[i - 1] != layout.Strides[i] * layout.Sizes[i]) return false;
            rows *= layout.Sizes[i];
        }

        matrix = layout.Matrix(layout.Rank - 2) with { Rows = rows };
        return true;
    }
}
