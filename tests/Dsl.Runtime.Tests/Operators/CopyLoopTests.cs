using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Operators;

/// <summary>Copies, tensors put together, and zeros around them: libtorch's to the last bit, whatever the order in
/// memory.</summary>
public sealed class CopyLoopTests
{
    private static readonly ScalarType[] s_types = [ScalarType.Float32, ScalarType.Int64, ScalarType.BFloat16];

    [Fact]
    public void Permuted_tensors_in_their_own_order()
    {
        foreach (var x in Tensors())
        {
            using var scope = NewDisposeScope();
            using var noGrad = no_grad();
            Same(x.contiguous(), Aten.contiguous(x));
            Same(x.flatten(), Aten.reshape(x, -1));
        }
    }

    [Fact]
    public void Over_another_tensor_of_its_shape_or_one_that_it_is_repeated_to()
    {
        foreach (var type in s_types)
        {
            using var scope = NewDisposeScope();
            using var noGrad = no_grad();
            foreach (var (to, from) in new (long[], long[])[]
                {
                    ([4, 3, 17], [4, 3, 17]), ([4, 3, 17], [3, 17]), ([4, 3, 17], [17]), ([4, 3, 17], [3, 1]), ([5], []),
                    ([0, 3], [3]),
                })
            {
                Tensor x = Numbers(from, type), expected = zeros(to, type).copy_(x), own = zeros(to, type);
                Assert.Same(own, Aten.copy_(own, x));
                Same(expected, own);

                // Into a part of another tensor, whose rest stays.
                if (to.Length < 3) continue;
                Tensor wide = zeros([4, 3, 40], type), other = wide.clone();
                wide.narrow(2, 5, 17).copy_(x);
                Aten.copy_(other.narrow(2, 5, 17), x);
                Same(wide, other);
            }
        }
    }

    [Fact]
    public void One_after_another()
    {
        foreach (var type in s_types)
        {
            using var scope = NewDisposeScope();
            using var noGrad = no_grad();
            Tensor a = Numbers([4, 3, 5], type), b = Numbers([4, 7, 5], type), c = Numbers([5, 2, 4], type).permute(2, 1, 0);
            Same(cat([a, b, c], 1), Aten.cat([a, b, c], 1));
            Same(cat([a, a], 0), Aten.cat([a, a], 0));
            Same(cat([a, a], 2), Aten.cat([a, a], 2));
            Same(cat([a, Numbers([4, 0, 5], type)], 1), Aten.cat([a, Numbers([4, 0, 5], type)], 1));
            Same(cat([b], 1), Aten.cat([b], 1));
        }
    }

    [Fact]
    public void Beside_each_other()
    {
        foreach (var type in s_types)
        {
            using var scope = NewDisposeScope();
            using var noGrad = no_grad();
            Tensor a = Numbers([4, 3, 5], type), b = Numbers([5, 3, 4], type).permute(2, 1, 0);
            for (int dimension = 0; dimension < 4; dimension++)
                Same(stack([a, b, a], dimension), Aten.stack([a, b, a], dimension));
            Tensor first = Numbers([], type), second = Numbers([], type);
            Same(stack([first, second], 0), Aten.stack([first, second], 0));
        }
    }

    [Fact]
    public void What_does_not_go_together_is_an_error_of_libtorch()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Assert.ThrowsAny<Exception>(() => Aten.cat([zeros(2, 3), zeros(3, 2)], 0));
        Assert.ThrowsAny<Exception>(() => Aten.stack([zeros(2, 3), zeros(3, 2)], 0));
        Assert.ThrowsAny<Exception>(() => Aten.pad(zeros(2, 3), -2, -2));
    }

    [Fact]
    public void Zeros_around_and_cut_off()
    {
        foreach (var x in Tensors().Where(x => x.dtype != ScalarType.BFloat16 && x.dim() > 1))
        {
            using var scope = NewDisposeScope();
            using var noGrad = no_grad();
            foreach (long[] amounts in new long[][] { [1, 2], [0, 0], [2, 0, 0, 3], [-1, 2], [-1, -1, 4, 4] })
            {
                if (x.size(-1) < 3) continue;
                Same(nn.functional.pad(x, amounts), Aten.pad(x, amounts));
            }
        }
    }

    [Fact]
    public void Zeros()
    {
        foreach (var x in Tensors())
        {
            using var scope = NewDisposeScope();
            using var noGrad = no_grad();
            Same(x.zeros_like(), Aten.zeros_like(x));
            Tensor own = x.clone();
            Aten.zero_(own);
            Same(x.zeros_like(), own);
        }
    }

    // In several orders, with dimensions that threads share.
    private static IEnumerable<Tensor> Tensors()
    {
        foreach (var type in s_types)
        {
            yield return Numbers([], type);
            yield return Numbers([0, 3], type);
            yield return Numbers([37], type);
            yield return Numbers([37], type).expand(5, 37);
            yield return Numbers([3, 5, 65], type);
            yield return Numbers([3, 5, 65], type).permute(1, 0, 2);
            yield return Numbers([3, 5, 65], type).permute(2, 1, 0);
            yield return Numbers([33, 47], type).t();
            yield return Numbers([600, 301], type).t();
            yield return Numbers([8, 64, 3, 4, 32], type).select(2, 1).permute(0, 2, 1, 3);
            yield return Numbers([9, 40], type).narrow(1, 3, 20);
            yield return Numbers([40, 9], type).slice(0, 1, 40, 3);
        }
    }

    private static Tensor Numbers(long[] shape, ScalarType type) =>
        type == ScalarType.Int64 ? randint(-100, 100, shape, ScalarType.Int64) : randn(shape).to_type(type);

    private static void Same(Tensor expected, Tensor actual)
    {
        Assert.Equal(expected.shape, actual.shape);
        Assert.Equal(expected.dtype, actual.dtype);
        Assert.True(expected.eq(actual).all().item<bool>());
    }
}
