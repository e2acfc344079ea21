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
    public static Tensor Rows(Tensor table, Tensor indices, long padding = -1)
    {
        var rows = table.index_select(0, indices.flatten()).reshape([.. indices.shape, table.size(1)]);
        return padding < 0 ? rows : where(indices.eq(padding).unsqueeze(-1), rows.detach(), rows);
    }
}
