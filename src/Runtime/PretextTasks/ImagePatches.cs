using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Patches of images, one from each cell of a grid; cells are numbered row by row.</summary>
public static class ImagePatches
{
    /// <summary>The patches of some cells of each image, each at its own place in its cell.</summary>
    /// <param name="images">[N, C, H, W]; H and W are multiples of <paramref name="grid"/>.</param>
    /// <param name="cells">Which cells of each image, [N, K] int64 in 0, ..., grid² − 1.</param>
    /// <param name="offsets">The first row and column of each patch in its cell, [N, 2K] int64; null where patches fill their
    /// cells.</param>
    /// <param name="grid">Cells in each direction.</param>
    /// <param name="height">Rows of a patch, at most those of a cell.</param>
    /// <param name="width">Columns of a patch.</param>
    /// <returns>[N·K, C, height, width], the patches of the first image first; the caller frees it.</returns>
    public static Tensor Cut(Tensor images, Tensor cells, Tensor? offsets, long grid, long height, long width)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(cells);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        long samples = cells.size(0), parts = cells.size(1), channels = images.size(1), columns = images.size(3);
        var (cellRow, cellColumn) = Places(cells, grid);
        var row = Aten.mul(cellRow, images.size(2) / grid);   // [N, K]
        var column = Aten.mul(cellColumn, columns / grid);
        if (offsets is not null)
        {
            var moved = offsets.reshape(samples, parts, 2);
            row = Aten.add(row, moved.select(2, 0));
            column = Aten.add(column, moved.select(2, 1));
        }

        var down = Aten.add(row.unsqueeze(2), Aten.arange(0, height, images.device)).unsqueeze(3);     // [N, K, h, 1]
        var across = Aten.add(column.unsqueeze(2), Aten.arange(0, width, images.device)).unsqueeze(2);  // [N, K, 1, w]
        var index = Aten.add(Aten.mul(down, columns), across).reshape(samples, 1, parts * height * width);
        return images.flatten(2)
            .gather(2, index.expand(samples, channels, parts * height * width))
            .reshape(samples, channels, parts, height, width).transpose(1, 2)
            .reshape(samples * parts, channels, height, width)
            .MoveToOuterDisposeScope();
    }

    /// <summary>All patches of images, row by row.</summary>
    /// <param name="images">[N, C, H, W]; H and W are multiples of <paramref name="size"/>.</param>
    /// <param name="size">p: rows and columns of a patch.</param>
    /// <returns>[N, H·W/p², C·p²], the numbers of a patch channel by channel; the caller frees it.</returns>
    public static Tensor All(Tensor images, long size)
    {
        ArgumentNullException.ThrowIfNull(images);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        long samples = images.size(0), channels = images.size(1), rows = images.size(2) / size, columns = images.size(3) / size;
        return images.reshape(samples, channels, rows, size, columns, size)
            .permute(0, 2, 4, 1, 3, 5)
            .reshape(samples, rows * columns, channels * size * size)
            .MoveToOuterDisposeScope();
    }

    /// <summary>A cell and one of its eight neighbours.</summary>
    /// <param name="centers">Which of the (grid − 2)² cells that are not at the border, [N] int64.</param>
    /// <param name="neighbors">Which neighbour, [N] int64 in 0, ..., 7: row by row, without the cell itself.</param>
    /// <param name="grid">Cells in each direction, at least 3.</param>
    /// <returns>The numbers of both cells, [N, 2] int64; the caller frees it.</returns>
    public static Tensor WithNeighbor(Tensor centers, Tensor neighbors, long grid)
    {
        ArgumentNullException.ThrowIfNull(centers);
        ArgumentNullException.ThrowIfNull(neighbors);
        using var scope = NewDisposeScope();
        long inner = grid - 2;
        var (innerRow, innerColumn) = Places(centers, inner);
        var (row, column) = (Aten.add(innerRow, 1L), Aten.add(innerColumn, 1L));

        // The place among the nine of a square: the middle, 4, is left out.
        var place = Aten.add(neighbors, Aten.ge(neighbors, 4).to_type(ScalarType.Int64));
        var (down, right) = Places(place, 3);
        var (otherRow, otherColumn) = (Aten.add(innerRow, down), Aten.add(innerColumn, right));
        return stack([Number(row, column), Number(otherRow, otherColumn)], 1).MoveToOuterDisposeScope();

        Tensor Number(Tensor cellRow, Tensor cellColumn) => Aten.add(Aten.mul(cellRow, grid), cellColumn);
    }

    /// <summary>The cells of a grid in drawn orders.</summary>
    /// <param name="orders">Which order each sample has, [N] int64 in 0, ..., P − 1.</param>
    /// <param name="table">P orders of the cells, one behind the other, [P·K] whole numbers of any type.</param>
    /// <param name="cells">K: how many cells there are.</param>
    /// <returns>[N, K] int64: which cell stands at each place; the caller frees it.</returns>
    public static Tensor InOrder(Tensor orders, Tensor table, long cells)
    {
        ArgumentNullException.ThrowIfNull(orders);
        ArgumentNullException.ThrowIfNull(table);
        using var scope = NewDisposeScope();
        return table.to_type(ScalarType.Int64).reshape(-1, cells).index_select(0, orders).MoveToOuterDisposeScope();
    }

    /// <summary>The row and the column of each cell of a grid.</summary>
    private static (Tensor Row, Tensor Column) Places(Tensor cells, long grid)
    {
        var row = Aten.floor_divide(cells, grid);
        return (row, cells.sub(Aten.mul(row, grid)));
    }
}
