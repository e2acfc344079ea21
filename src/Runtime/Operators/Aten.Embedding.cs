using static TorchSharp.torch;

namespace Dsl.Runtime;

// Rows of a table.
public static partial class Aten
{
    /// <summary>The rows that the indices name, [..., D] of [V, D].</summary>
    /// <exception cref="DataMismatchException">An index is outside of the table, which is looked for in the processor's
    /// memory.</exception>
    public static Tensor embedding(Tensor table, Tensor indices, long padding = -1)
    {
        if (EmbeddingLoop.TryRows(table, indices) is { } rows) return rows;
        EmbeddingTable.RequireRows(table, indices);
        var call = new OperatorCall(stackalloc ulong[5]);
        call.Add(table);
        call.Add(indices);
        call.Add(padding);
        call.Add(false);
        call.Add(false);
        call.Run("aten::embedding"u8);
        return call.Result();
    }

    /// <summary>Adds the gradient of the rows to that of the table.</summary>
    /// <param name="table">The table's gradient, [V, D].</param>
    /// <param name="gradient">That of the rows, [..., D].</param>
    /// <param name="indices">[...].</param>
    /// <param name="padding">An index whose row gets none; −1 for no such.</param>
    public static void add_embedding_(Tensor table, Tensor gradient, Tensor indices, long padding)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (EmbeddingLoop.TryAdd(table, gradient, indices, padding)) return;
        using var whole = embedding_dense_backward(gradient, indices, table.size(0), padding);
        add_(table, whole);
    }

    /// <summary>The gradient of the table, [V, D].</summary>
    public static Tensor embedding_dense_backward(Tensor gradient, Tensor indices, long rows, long padding)
    {
        var call = new OperatorCall(stackalloc ulong[5]);
        call.Add(gradient);
        call.Add(indices);
        call.Add(rows);
        call.Add(padding);
        call.Add(false);
        call.Run("aten::embedding_dense_backward"u8);
        return call.Result();
    }
}
