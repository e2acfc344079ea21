using TorchSharp.Modules;

namespace Dsl.Torch.Tests.Surface;

public sealed class DisposeScopeTests
{
    [Fact]
    public void A_scope_ends_what_was_made_inside_but_what_was_moved_out()
    {
        Tensor kept, lost;
        using (var scope = NewDisposeScope())
        {
            lost = zeros(2) + 1;
            kept = (lost * 2).MoveToOuterDisposeScope();
        }

        Assert.True(lost.IsInvalid);
        Assert.Equal(2, kept[0].ToSingle());
        kept.Dispose();
        Assert.Throws<InvalidOperationException>(() => kept.shape);
    }

    [Fact]
    public void A_wrapped_function_keeps_only_its_result()
    {
        using var outer = NewDisposeScope();
        var result = WrappedTensorDisposeScope(() => (ones(2) + 1) * 2);
        Assert.Equal(1, outer.DisposablesCount);
        Assert.Equal(4, result[0].ToSingle());
    }

    [Fact]
    public void A_parameter_takes_the_place_of_its_data()
    {
        using var scope = NewDisposeScope();
        var data = ones(2);
        var parameter = new Parameter(data);
        Assert.True(data.IsInvalid);
        Assert.True(scope.Contains(parameter));
        Assert.Equal(1, scope.DisposablesCount);
        var free = ones(2).DetachFromDisposeScope();
        using var outside = nn.Parameter(free, requires_grad: false);
        Assert.False(scope.Contains(outside));
        Assert.False(outside.requires_grad);
    }

    [Fact]
    public void Layers_outlive_the_scope_they_were_made_in()
    {
        nn.Module<Tensor, Tensor> layer;
        using (NewDisposeScope())
        {
            layer = nn.Sequential(nn.Linear(2, 2), nn.BatchNorm1d(2));
        }

        Assert.All(layer.parameters(), parameter => Assert.False(parameter.IsInvalid));
        Assert.All(layer.buffers(), buffer => Assert.False(buffer.IsInvalid));
        layer.Dispose();
        Assert.Empty(layer.parameters());
    }

    [Fact]
    public void A_scope_can_be_emptied_while_it_stays_open()
    {
        using var scope = NewDisposeScope();
        var kept = ones(1);
        var dropped = ones(2);
        var other = new MemoryStream();
        scope.Attach(other);
        scope.DisposeEverythingBut(kept);
        Assert.False(kept.IsInvalid);
        Assert.True(dropped.IsInvalid);
        Assert.False(other.CanRead);
        var early = ones(3);
        early.Dispose();
        Assert.Equal(1, scope.DisposablesCount);
        scope.DisposeEverything();
        Assert.True(kept.IsInvalid);
    }

    [Fact]
    public void A_handle_can_be_given_away()
    {
        using var scope = NewDisposeScope();
        var first = full(1, 4f);
        var second = Tensor.UnsafeCreateTensor(first.DecoupleFromNativeHandle());
        Assert.True(first.IsInvalid);
        Assert.Equal(1, scope.DisposablesCount);
        Assert.Equal(4, second.ToSingle());
    }
}
