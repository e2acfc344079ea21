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
