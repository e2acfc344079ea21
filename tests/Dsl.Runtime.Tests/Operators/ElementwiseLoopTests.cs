using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Operators;

/// <summary>Sums, products and the like by loops of our own, which are libtorch's to the last bit but for scaled sums: those
/// round once everywhere.</summary>
public sealed class ElementwiseLoopTests
{
    private static readonly (long[] Left, long[] Right)[] s_shapes =
    [
        ([], []), ([0], [0]), ([1], [1]), ([7], [7]), ([16], [16]), ([37], [37]), ([3, 5, 65], [3, 5, 65]),
        ([300, 301], [300, 301]),
        ([5, 33], [33]), ([4, 3, 17], [3, 17]), ([4, 3, 17], [1, 3, 17]), ([0, 5], [5]), ([3, 0], [0]), ([4, 2], [2]),
        ([5, 33], [5, 1]), ([4, 3, 17], [4, 3, 1]), ([4, 3, 17], [4, 1, 1]), ([6, 1], [6, 1]), ([3, 0], [3, 1]),
        ([5, 33], []), ([5, 33], [1]), ([5, 33], [1, 1]), ([700, 130], []), ([0], [1]),

        // The second one is larger, or neither is.
        ([33], [5, 33]), ([5, 1], [5, 33]), ([], [9]), ([1], [9]), ([1, 3], [0, 3]), ([5, 1], [1, 9]), ([3], [1, 3]),
        ([2, 1, 9], [1, 4, 9]), ([4, 3, 9], [4, 1, 9]),
    ];

    [Fact]
    public void Two_operands()
    {
        foreach (var (left, right) in s_shapes)
        {
            using var scope = NewDisposeScope();
            using var noGrad = no_grad();
            var (x, y) = (Odd(randn(left)), Odd(randn(right)));
            Same(x + y, Aten.add(x, y));

            // libtorch rounds twice where a vector does not fit.
            Same(x.add(y, -0.3), Aten.add(x, y, -0.3), 2e-7);
            Same(x - y, Aten.sub(x, y));
            Same(x * y, Aten.mul(x, y));
            Same(x / y, Aten.div(x, y));
            if (!(x + y).shape.SequenceEqual(left)) continue;
            Written(x, at => at.add_(y), at => Aten.add_(at, y));
            Written(x, at => at.add_(y, 0.7), at => Aten.add_(at, y, 0.7), 2e-7);
            Written(x, at => at.sub_(y), at => Aten.sub_(at, y));
            Written(x, at => at.mul_(y), at => Aten.mul_(at, y));
            Written(x, at => at.div_(y), at => Aten.div_(at, y));
        }
    }

    [Fact]
    public void A_share_of_another_operand()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Tensor x = randn(1003), y = randn(1003), exact = x.to(ScalarType.Float64).mul(0.7).add(y.to(ScalarType.Float64), 0.3);
        Tensor blended = x.clone();
        Assert.Same(blended, Aten.lerp_(blended, y, 0.3));
        Assert.True(blended.to(ScalarType.Float64).allclose(exact, 1e-6, 1e-7));
        Assert.True(Aten.lerp_(x.clone(), full(1003, float.NaN), 0).equal(x).all().item<bool>());
        Assert.True(Aten.lerp_(x.clone(), y, 1).equal(y).all().item<bool>());
    }

    [Fact]
    public void An_operand_and_a_number()
    {
        foreach (long count in new long[] { 0, 1, 7, 8, 16, 33, 65, 70001 })
        {
            using var scope = NewDisposeScope();
            using var noGrad = no_grad();
            var x = Odd(randn(count));
            foreach (double number in new[] { 0.1, -3, 0, 1e-30, double.NaN, double.PositiveInfinity })
            {
                Same(x + number, Aten.add(x, number));
                Same(x - number, Aten.sub(x, number));
                Same(x * number, Aten.mul(x, number));
                Same(x / number, Aten.div(x, number));
                Written(x, at => at.add_(number), at => Aten.add_(at, number));
                Written(x, at => at.mul_(number), at => Aten.mul_(at, number));
                Written(x, at => at.div_(number), at => Aten.div_(at, number));
            }

            Same(x + 3, Aten.add(x, 3L));
            Same(x - 3, Aten.sub(x, 3L));
            Same(3 - x, Aten.sub(3L, x));
            Same(x * 3, Aten.mul(x, 3L));
            Same(x.neg(), Aten.neg(x));
            Written(x, at => at.sub_(3), at => Aten.sub_(at, 3L));
            Written(x, at => at.neg_(), Aten.neg_);
        }
    }

    [Fact]
    public void What_no_loop_takes_is_libtorchs()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Tensor x = randn(6, 9), strided = randn(9, 6).t(), doubles = randn([6, 9], ScalarType.Float64);
        var integers = arange(54, ScalarType.Int64).reshape(6, 9);
        foreach (var other in new[] { strided, doubles, integers, randn(6, 1).expand(6, 9) })
        {
            Same(x * other, Aten.mul(x, other));
            Same(other - x, Aten.sub(other, x));
            Same(x / other, Aten.div(x, other));
            Same(other + other, Aten.add(other, other));
            Same(-other, Aten.neg(other));
            Same(other * 3, Aten.mul(other, 3L));
            Same(other / 0.3, Aten.div(other, 0.3));
        }

        Assert.Equal(ScalarType.Int64, Aten.add(integers, 3L).dtype);
        Written(strided, at => at.mul_(x), at => Aten.mul_(at, x));
        Written(doubles, at => at.neg_(), Aten.neg_);
        Written(integers, at => at.sub_(2), at => Aten.sub_(at, 2L));
        Assert.ThrowsAny<Exception>(() => Aten.mul_(randn(3), randn(2, 3)));
        Assert.ThrowsAny<Exception>(() => Aten.add(randn(3), randn(4)));

        // A row of what is written over would be read after it was.
        Assert.Null(ElementwiseLoop.TryRun<Plus>(strided, x, 0));
        Assert.False(ElementwiseLoop.TryWrite<Plus>(x, x[0], 0));
        Assert.True(ElementwiseLoop.TryWrite<Plus>(x, x, 0));
        using var grad = enable_grad();
        Assert.Null(ElementwiseLoop.TryRun<Plus>(x, x, 0));
        var leaf = randn(5, 5).requires_grad_();
        Aten.mul(leaf, Aten.neg(leaf)).sum().backward();
        Same(leaf.detach() * -2, leaf.grad!);
    }

    [Fact]
    public void A_step_has_results_in_its_memory()
    {
        using var noGrad = no_grad();
        using var memory = new StepMemory();
        using Tensor x = randn(5, 33), bias = randn(33), kept = (x * bias - x).neg();
        for (int step = 0; step < 3; step++)
        {
            memory.Begin();
            Tensor product = Aten.mul(x, bias), difference = Aten.sub(product, x);
            product.Free();
            Aten.neg_(difference);
            using (var scope = NewDisposeScope()) Same(kept, difference);
            difference.Free();
            memory.End();
        }

        Assert.Equal(2, memory.Followed);
    }

    // Numbers that are none, and zeros of either sign, among the others.
    private static Tensor Odd(Tensor x)
    {
        var flat = x.view(-1);
        float[] odd = [float.NaN, float.PositiveInfinity, -0f, 0f, float.NegativeInfinity];
        for (int i = 0; i < odd.Length && 3 * i + 1 < flat.numel(); i++) flat[3 * i + 1] = odd[i];
        return x;
    }

    private static void Written(Tensor x, Func<Tensor, Tensor> expected, Func<Tensor, Tensor> actual, double tolerance = 0)
    {
        Tensor ours = x.clone(), theirs = x.clone();
        Assert.Same(ours, actual(ours));
        Same(expected(theirs), ours, tolerance);
    }

    private static void Same(Tensor expected, Tensor actual, double tolerance = 0)
    {
        Assert.Equal(expected.shape, actual.shape);
        Assert.Equal(expected.dtype, actual.dtype);
        double[] left = TensorMemory.Doubles(expected), right = TensorMemory.Doubles(actual);
        for (int i = 0; i < left.Length; i++)
        {
            bool isSame = left[i].Equals(right[i]) && double.IsNegative(left[i]) == double.IsNegative(right[i]);
            isSame |= Math.Abs(left[i] - right[i]) <= tolerance * Math.Max(1, Math.Abs(left[i]));
            Assert.True(isSame || (double.IsNaN(left[i]) && double.IsNaN(right[i])), $"{left[i]} is {right[i]} at {i}");
        }
    }

    private readonly struct Plus : IElementwiseRule
    {
        public static bool IsSymmetric => true;

        public static System.Numerics.Vector<float> Of(
            System.Numerics.Vector<float> x, System.Numerics.Vector<float> y, System.Numerics.Vector<float> number) => x + y;

        public static float Of(float x, float y, float number) => x + y;
    }
}
