namespace Dsl.Torch.Tests.Door;

public class ResultTests
{
    [Fact]
    public void A_result_that_the_mask_leaves_out_is_null()
    {
        using var input = Aten.ones([1, 1, 4, 4]);
        using var weight = Aten.ones([1, 1, 3, 3]);
        using var gradient = Aten.ones([1, 1, 2, 2]);
        var (inputGradient, weightGradient, biasGradient) = Aten.convolution_backward(
            gradient, input, weight, [1], [1, 1], [0, 0], [1, 1], false, [0, 0], 1, [false, true, true]);
        Assert.Null(inputGradient);
        Assert.Equal([1, 1, 3, 3], Sample.ShapeOf(weightGradient));
        Assert.Equal([4], Sample.Read(biasGradient));
        weightGradient.Dispose();
        biasGradient.Dispose();
    }

    [Fact]
    public void Out_variants_write_into_what_they_are_given()
    {
        using var a = Sample.Floats([2, 2], 1, 2, 3, 4);
        using var result = Sample.Zeros(2, 2);
        Aten.mm_out(result, a, a);
        Assert.Equal([7, 10, 15, 22], Sample.Read(result));
        Aten.addmm_out(result, a, a, a, beta: 0);
        Assert.Equal([7, 10, 15, 22], Sample.Read(result));
    }

    [Fact]
    public void Batch_norm_forward_and_backward_agree_with_autograd()
    {
        using var scope = NewDisposeScope();
        var x = Aten.randn([8, 3, 5, 5]);
        var weight = Aten.rand([3]);
        var bias = Aten.rand([3]);
        var outputGradient = Aten.randn([8, 3, 5, 5]);
        var (y, mean, inverse) = Aten.native_batch_norm(x, weight, bias, null, null, true, 0.1, 1e-5);
        var (dx, dw, db) = Aten.native_batch_norm_backward(
            outputGradient, x, weight, null, null, mean, inverse, true, 1e-5, [true, true, true]);

        var leaves = new[] { Aten.clone(x), Aten.clone(weight), Aten.clone(bias) };
        foreach (var leaf in leaves)
        {
            NativeStatus.Check(NativeMethods.TensorSetRequiresGrad(leaf.Handle, 1));
        }

        var expected = Aten.batch_norm(leaves[0], leaves[1], leaves[2], null, null, true, 0.1, 1e-5, false);
        Assert.True(Aten.allclose(y, expected));
        var gradients = Autograd.Gradients([expected], leaves, [outputGradient]);
        Assert.True(Aten.allclose(dx, gradients[0]!, atol: 1e-6));
        Assert.True(Aten.allclose(dw, gradients[1]!, atol: 1e-5));
        Assert.True(Aten.allclose(db, gradients[2]!, atol: 1e-5));
    }

    [Fact]
    public void Unused_inputs_have_no_gradient()
    {
        using var scope = NewDisposeScope();
        var x = Sample.Leaf(2);
        var unused = Sample.Leaf(2);
        var y = Aten.sum(Aten.mul(x, x));
        Assert.Throws<TorchException>(() => Autograd.Gradients([y], [unused], retainGraph: true));
        var gradients = Autograd.Gradients([y], [x, unused], allowUnused: true);
        Assert.Equal([4], Sample.Read(gradients[0]!));
        Assert.Null(gradients[1]);
    }

    [Fact]
    public void Second_derivatives()
    {
        using var scope = NewDisposeScope();
        var x = Sample.Leaf(3);
        var y = Aten.pow(x, 3);
        var first = Autograd.Gradients([y], [x], createGraph: true)[0]!;
        var second = Autograd.Gradients([first], [x])[0]!;
        Assert.Equal([27], Sample.Read(first));
        Assert.Equal([18], Sample.Read(second));
    }
}
