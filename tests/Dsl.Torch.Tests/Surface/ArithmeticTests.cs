namespace Dsl.Torch.Tests.Surface;

public sealed class ArithmeticTests : SurfaceTest
{
    [Fact]
    public void Operators_follow_the_operands_order()
    {
        var x = tensor([1f, 2f, 4f]);
        Equal([2, 3, 5], x + 1);
        Equal([9, 8, 6], 10 - x);
        Equal([9.5f, 8.5f, 6.5f], 10.5 - x);
        Equal([4, 2, 1], 4 / x);
        Equal([0.5f, 1, 2], x / 2);
        Equal([1, 0, 0], x % 2);
        Equal([-1, -2, -4], -x);
        Equal([1, 4, 16], x * x);
        Equal([0, 0, 0], x - x);
        Equal([3, 6, 12], 3f * x);
    }

    [Fact]
    public void Integers_stay_integers_with_integers()
    {
        Assert.Equal(ScalarType.Int64, (arange(3) + 2).dtype);
        Assert.Equal(ScalarType.Float32, (arange(3) + 2.0).dtype);
        Assert.Equal(ScalarType.Int64, (5 - arange(3)).dtype);
        Assert.Equal(ScalarType.Float32, (arange(3) / 2).dtype);
        Assert.Equal(ScalarType.Int64, arange(3).div(2, RoundingMode.floor).dtype);
        Equal([-2L, 1], tensor([-3L, 3L]).div(2, RoundingMode.floor));
        Equal([-1L, 1], tensor([-3L, 3L]).div(2, RoundingMode.trunc));
    }

    [Fact]
    public void In_place_changes_this_tensor_and_returns_it()
    {
        var x = tensor([1f, 4f]);
        Assert.Same(x, x.add_(1));
        Equal([2, 5], x);
        Equal([4, 10], x.mul_(2));
        Equal([3, 9], x.sub_(1));
        Equal([1.5f, 4.5f], x.div_(2));
        Equal([2.5f, 5.5f], x.add_(ones(2), 1));
        Equal([3.5f, 6.5f], x.addcmul_(ones(2), full(2, 2.0), 0.5));
        Equal([4, 7], x.addcdiv_(ones(2), full(2, 2.0), 1));
        Equal([2, (float)Math.Sqrt(7)], x.sqrt_());
        Equal([1, 1], x.fill_(1));
        Equal([1, 0.5f], x.clamp_(0, tensor(0.5f).ToScalar()).copy_(tensor([1f, 0.5f])));
        Equal([0, 0], x.zero_());
        Equal([0.25f, 0.25f], x.lerp_(ones(2), tensor(0.25f)));
    }

    [Fact]
    public void Pointwise_functions_have_their_values()
    {
        var x = tensor([0.25f, 1f]);
        Equal([(float)Math.Exp(0.25), (float)Math.E], x.exp());
        Equal([(float)Math.Log(0.25), 0], x.log());
        Equal([0.5f, 1], x.sqrt());
        Equal([4, 1], x.reciprocal());
        Equal([2, 1], x.rsqrt());
        Equal([0.0625f, 1], x.square());
        Equal([0.015625f, 1], x.pow(3));
        Equal([(float)Math.Tanh(0.25), (float)Math.Tanh(1)], x.tanh());
        Equal([(float)Math.Log(1.25), (float)Math.Log(2)], log1p(x));
        Equal([0, 1], (x - 0.25).sign());
        Equal([0.2f, 1], x.round(1));
        Equal([0.5f, 1], x.clamp(0.5, 2));
        Equal([0.25f, 0.75f], x.clamp(max: 0.75));
        Equal([0.25f, 0.5f], x.minimum(tensor([0.5f, 0.5f])));
        Equal([1, 1], maximum(x, ones(2)));
        Equal([0.25f, 0], x.masked_fill(tensor([false, true]), 0));
        Equal([(float)Math.Atan2(0.25, 1), (float)Math.PI / 4], x.atan2(ones(2)));
    }

    [Fact]
    public void Comparisons_give_masks()
    {
        var x = tensor([1f, 2f, 3f]);
        Equal([0L, 0, 1], x > 2);
        Equal([1L, 1, 0], x <= 2);
        Equal([0L, 1, 0], x == 2);
        Equal([1L, 0, 1], x != tensor(2f));
        Equal([0L, 1, 1], 2 <= x);
        Equal([0L, 0, 1], (x > 1) & (x > 2));
        Equal([1L, 0, 0], ~(x > 1));
        Equal([1L, 0, 1], x.eq(2).logical_not());
        Assert.True(x.allclose(x + 1e-9));
        Assert.False(x.allclose(x + 0.1));
        Assert.True(x.Equals(tensor([1f, 2f, 3f])));
        Assert.False(x.Equals(tensor([1f, 2f])));
        Equal([0L, 1, 1], tensor([1f, float.NaN, float.PositiveInfinity]).isfinite().logical_not());
    }

    [Fact]
    public void Activations_have_their_values()
    {
        var x = tensor([-1f, 2f]);
        Equal([0, 2], x.relu());
        Equal([-0.1f, 2], x.leaky_relu(0.1));
        Equal([-1 / (1 + (float)Math.E), 2 / (1 + (float)Math.Exp(-2))], x.silu());
        Equal([-0.15865525f, 1.9544997f], x.gelu());
        Equal([(float)(1 / (1 + Math.E)), (float)(1 / (1 + Math.Exp(-2)))], x.sigmoid());
        Equal([(float)(Math.Exp(-1) - 1), 2], x.elu());
        Equal([(float)(1 / (1 + Math.Exp(3))), (float)(1 / (1 + Math.Exp(-3)))], x.softmax(0));
        Equal([(float)-Math.Log(1 + Math.Exp(3)), (float)-Math.Log(1 + Math.Exp(-3))], x.log_softmax(0));
    }

    [Fact]
    public void Matrices_multiply()
    {
        var a = tensor([1f, 2, 3, 4], 2, 2);
        var b = tensor([5f, 6, 7, 8], 2, 2);
        Equal([19, 22, 43, 50], a.mm(b));
        Equal([19, 22, 43, 50], matmul(a, b));
        Equal([17, 39], a.mv(tensor([5f, 6])));
        Equal([11], tensor([1f, 2]).dot(tensor([3f, 4])));
        Equal([20, 23, 44, 51], ones(2, 2).addmm(a, b));
        Equal([3, 4, 6, 8], tensor([1f, 2]).outer(tensor([3f, 4])));
        Assert.Equal([3, 2, 2], zeros(3, 2, 5).bmm(zeros(3, 5, 2)).shape);
        Equal([5], a.trace());
    }
}
