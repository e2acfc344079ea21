using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Vectors by their index, in operations that autograd derives; TorchSharp has no function for it.</summary>
public static class EmbeddingTable
{
    /// <summary>The rows of a table.</summary>
    /// <param name="table">[V, D].</param>
    /// <param name="indices">Integers in [0, V), of any shape [...].</param>
    /// <param name="padding">An index whose row gets no gradient; negative for none.</param>
    /// <returns>[..., D].</returns>
    /// <exception cref="DataMismatchException">An index is outside of the table, which is looked for in the processor's
    /// memory.</exception>
    public static Tensor Rows(Tensor table, Tensor indices, long padding = -1)
    {
        RequireRows(table, indices);
        var rows = table.index_select(0, indices.flatten()).reshape([.. indices.shape, table.size(1)]);
        return padding < 0 ? rows : where(Aten.eq(indices, padding).unsqueeze(-1), rows.detach(), rows);
    }

    /// <summary>Refuses an index that names no row. On a GPU that is left to libtorch: reading them would wait for it.</summary>
    internal static void RequireRows(Tensor table, Tensor indices)
    {
        if (indices.device_type != DeviceType.CPU || indices.dtype != ScalarType.Int64) return;
        long rows = table.size(0);
        using var copy = indices.is_contiguous() ? null : indices.contiguous();
        var numbers = MemoryMarshal.Cast<byte, long>((copy ?? indices).bytes);
        for (int i = 0; i < numbers.Length; i++)
        {
            // One comparison for both ends: a negative number is a large one without its sign.
            if ((ulong)numbers[i] < (ulong)rows) continue;
            throw new DataMismatchException(
                $"The index {numbers[i]}, at place {i} of [{string.Join(", ", indices.shape)}] as they lie in a row, names no "
                + $"vector of an embedding of {rows}: indices lie in 0, ..., {rows - 1}.");
        }
    }
}
