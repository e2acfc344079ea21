using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.PretextTasks;

public sealed class ImagePatchesTests
{
    [Fact]
    public void Patches_come_from_their_cells_image_by_image()
    {
        // Two images of two channels, 6 x 6, as 3 x 3 cells of 2 x 2; a pixel of a channel is its number.
        using var images = arange(144, ScalarType.Int64).reshape(2, 2, 6, 6);
        using var cells = tensor(new[] { 0L, 5, 8, 4 }).reshape(2, 2);
        using var patches = ImagePatches.Cut(images, cells, null, 3, 2, 2);
        Assert.Equal([4L, 2, 2, 2], patches.shape);
        Assert.Equal([0L, 1, 6, 7, 36, 37, 42, 43], patches[0].contiguous().data<long>());
        Assert.Equal([16L, 17, 22, 23, 52, 53, 58, 59], patches[1].contiguous().data<long>());
        Assert.Equal([100L, 101, 106, 107, 136, 137, 142, 143], patches[2].contiguous().data<long>());
    }

    [Fact]
    public void Offsets_move_patches_in_their_cells()
    {
        using var images = arange(36, ScalarType.Float32).reshape(1, 1, 6, 6);
        using var cells = tensor(new[] { 1L, 6 }).reshape(1, 2);
        using var offsets = tensor(new[] { 1L, 0, 0, 1 }).reshape(1, 4);
        using var patches = ImagePatches.Cut(images, cells, offsets, 3, 1, 1);
        Assert.Equal([8f, 25], patches.data<float>());
    }

    [Fact]
    public void Neighbours_are_numbered_row_by_row()
    {
        using var neighbors = arange(8, ScalarType.Int64);
        using var middle = zeros(8, ScalarType.Int64);
        using var of3 = ImagePatches.WithNeighbor(middle, neighbors, 3);
        Assert.Equal(Enumerable.Repeat(4L, 8), of3.select(1, 0).contiguous().data<long>());
        Assert.Equal([0L, 1, 2, 3, 5, 6, 7, 8], of3.select(1, 1).contiguous().data<long>());

        // The inner cells of 4 x 4 are 5, 6, 9 and 10.
        using var centers = tensor(new[] { 0L, 1, 2, 3 });
        using var first = neighbors.narrow(0, 4, 4);
        using var of4 = ImagePatches.WithNeighbor(centers, first, 4);
        Assert.Equal([5L, 6, 6, 9, 9, 13, 10, 15], of4.contiguous().data<long>());
    }

    [Fact]
    public void Orders_are_rows_of_the_table()
    {
        using var table = tensor(new[] { 0f, 1, 2, 2, 0, 1 });
        using var orders = tensor(new[] { 1L, 0, 1 });
        using var cells = ImagePatches.InOrder(orders, table, 3);
        Assert.Equal([2L, 0, 1, 0, 1, 2, 2, 0, 1], cells.data<long>());
    }
}
