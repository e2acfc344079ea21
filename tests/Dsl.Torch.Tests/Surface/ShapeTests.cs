namespace Dsl.Torch.Tests.Surface;

public sealed class ShapeTests : SurfaceTest
{
    private readonly Tensor numbers = arange(24).view(2, 3, 4);

    [Fact]
    public void Views_share_memory()
    {
        var values = zeros(2, 3);
        values.view(6).fill_(1);
        values.t()[0].fill_(2);
        values.narrow(1, 2, 1).fill_(3);
        values.select(0, 1).narrow(0, 1, 1).fill_(4);
        Equal([2, 1, 3, 2, 4, 3], values);
    }

    [Fact]
    public void Dimensions_are_moved_joined_and_split()
    {
        Assert.Equal([4, 2, 3], numbers.permute(2, 0, 1).shape);
        Assert.Equal([2, 4, 3], numbers.transpose(1, -1).shape);
        Assert.Equal([6, 4], numbers.flatten(0, 1).shape);
        Assert.Equal([2, 12], numbers.flatten(1).shape);
        Assert.Equal([2, 3, 2, 2], numbers.unflatten(2, 2, 2).shape);
        Assert.Equal([4, 6], numbers.reshape(4, -1).shape);
        Assert.Equal([2, 1, 3, 4], numbers.unsqueeze(1).shape);
        Assert.Equal([2, 3, 4], numbers.unsqueeze(1).squeeze().shape);
        Assert.Equal([2, 1], zeros(1, 2, 1).squeeze(0).shape);
        Assert.Equal([5, 2], zeros(1, 2).expand(5, -1).shape);
        Assert.Equal([4, 2], zeros(2, 1).repeat(2, 2).shape);
        Equal([1L, 1, 2, 2], tensor([1L, 2]).repeat_interleave(2));
        Equal([2L, 1, 0], arange(3).flip(0));
        Equal([2L, 0, 1], arange(3).roll(1));
        Equal([1, 0, 1, 1], ones(2, 2).tril());
    }

    [Fact]
    public void Tensors_are_cut_and_joined()
    {
        var parts = arange(5).split(2);
        Assert.Equal([2L, 2, 1], parts.Select(part => part.numel()));
        Equal([3L, 4], arange(5).split([3, 2])[1]);
        Assert.Equal(2, arange(5).chunk(2).Length);
        Equal([0L, 1, 2, 3, 4], cat(parts));
        Equal([0L, 1, 2, 3, 4], cat(parts.ToList()));
        Assert.Equal([2, 3], stack([zeros(3), ones(3)]).shape);
        Assert.Equal([3, 2], stack(new List<Tensor> { zeros(3), ones(3) }, 1).shape);
        Equal([4L, 5, 6, 7], numbers.unbind(1)[1][0]);
        Assert.Throws<ArgumentException>(() => arange(5).split([3, 3]));
    }

    [Fact]
    public void Indices_work_as_in_Python()
    {
        Equal([23L], numbers[1, 2, 3]);
        Equal([12L, 13, 14, 15], numbers[1, 0]);
        Equal([0L, 12], numbers[.., 0, 0]);
        Equal([20L, 21, 22, 23], numbers[1, -1]);
        Equal([3L, 7, 11], numbers[0, .., ^1]);
        Equal([3L, 7, 11, 15, 19, 23], numbers[TensorIndex.Ellipsis, 3]);
        Equal([0L, 2], numbers[0, 0, TensorIndex.Slice(step: 2)]);
        Assert.Equal([1, 2, 3, 4], numbers[TensorIndex.None].shape);
        Equal([8L, 9, 10, 11, 0, 1, 2, 3], numbers[0][tensor([2L, 0])]);
        Equal([3L, 11], numbers[0, tensor([0L, 2]), 3]);
        Equal([1L, 23], numbers[tensor([0L, 1]), tensor([0L, 2]), tensor([1L, 3])]);
        Equal([22L, 23], numbers[numbers > 21]);
        Equal([5L], numbers[TensorIndex.Ellipsis, 1, 1][0]);
        Assert.Equal([2, 2, 4], numbers[.., TensorIndex.Tensor(tensor([true, false, true]))].shape);
    }

    [Fact]
    public void Assigning_to_an_index_changes_the_tensor()
    {
        var values = zeros(2, 3);
        values[0] = tensor([1f, 2, 3]);
        values[1, 2] = 9f;
        values[.., 1] = tensor(7f);
        Equal([1, 7, 3, 0, 7, 9], values);
        values[values > 6] = 0f;
        Equal([1, 0, 3, 0, 0, 0], values);
        values[tensor([1L]), tensor([0L])] = 5f;
        Equal([5], values[1, 0]);
        values.index_put_(tensor([1f, 1f]), [tensor([0L, 0L]), tensor([0L, 0L])], accumulate: true);
        Equal([3], values[0, 0]);
    }

    [Fact]
    public void Elements_are_gathered_and_scattered()
    {
        var rows = tensor([1f, 2, 3, 4, 5, 6], 2, 3);
        Equal([3, 4], rows.gather(1, tensor([2L, 0L], 2, 1)));
        Equal([4, 5, 6, 1, 2, 3], rows.index_select(0, tensor([1L, 0])));
        Equal([0, 1, 0, 1, 0, 0], zeros(2, 3).scatter_(1, tensor([1L, 0], 2, 1), ones(2, 1)));
        Equal([2, 0], zeros(2).scatter_add_(0, tensor([0L, 0]), ones(2)));
        Equal([2, 0], zeros(2).index_add_(0, tensor([0L, 0]), ones(2), 1));
        Equal([4, 5, 6], rows.masked_select(rows > 3));
        Equal([1, 0, 3], where(tensor([true, false, true]), rows[0], zeros(3)));
        Equal([0L, 2], tensor([1f, 0, 1]).nonzero().squeeze(1));
    }

    [Fact]
    public void Reductions_have_their_values()
    {
        var rows = tensor([1f, 2, 3, 4, 5, 9], 2, 3);
        Equal([24], rows.sum());
        Equal([6, 18], rows.sum(1));
        Equal([5, 7, 12], rows.sum([0]));
        Equal([2, 6], rows.mean([1]));
        Assert.Equal([2, 1], rows.mean([1], keepdim: true).shape);
        Equal([1, (float)Math.Sqrt(7)], rows.std(1));
        Equal([2 / 3f, 14 / 3f], rows.var(1, unbiased: false));
        Equal([3, 9], rows.max(1).values);
        Equal([2L, 2], rows.max(1).indexes);
        Equal([1, 4], rows.min(1).values);
        Equal([5L], rows.argmax());
        Equal([1L, 1, 1], rows.argmax(0));
        Equal([9, 5], rows[1].topk(2).values);
        Equal([2L, 1], rows[1].topk(2).indexes);
        Equal([5], tensor([3f, 4]).norm());
        Equal([7], tensor([3f, 4]).norm(1f));
        Equal([5, 5], tensor([3f, 4, 4, 3], 2, 2).norm(1));
        Equal([(float)Math.Log(Math.Exp(1) + Math.Exp(2))], tensor([1f, 2]).logsumexp(0));
        Equal([1, 3, 6], rows[0].cumsum(0));
        Assert.Equal(6, arange(4).sum().item<long>());
        Assert.True((rows > 0).all().item<bool>());
        Assert.False((rows > 9).any().item<bool>());
        Equal([120, 6], tensor([4f, 5, 6, 1, 2, 3], 2, 3).prod(1));
        Equal([2L], (rows > 4).count_nonzero());
        Equal([2L, 0, 1], tensor([2f, 3, 1]).argsort());
    }
}
