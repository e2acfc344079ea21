using static TorchSharp.torch.nn;

namespace Dsl.Torch.Tests.Surface;

public sealed class AutogradTests : SurfaceTest
{
    [Fact]
    public void Backward_adds_up_gradients_of_leaves()
    {
        var x = tensor([2f, 3f], requires_grad: true);
        Assert.Null(x.grad);
        (x * x).sum().backward();
        Equal([4, 6], x.grad!);
        (x * x).sum().backward();
        Equal([8, 12], x.grad!);
        x.grad = null;
        Assert.Null(x.grad);
        x.mul(2).backward([tensor([1f, 10f])]);
        Equal([2, 20], x.grad!);
        Assert.True(x.is_leaf);
        var inner = x * 2;
        Assert.False(inner.is_leaf);
        inner.retain_grad();
        inner.sum().backward();
        Equal([1, 1], inner.grad!);
    }

    [Fact]
    public void Nothing_is_recorded_without_gradients()
    {
        var x = tensor([2f], requires_grad: true);
        using (no_grad())
        {
            Assert.False(is_grad_enabled());
            Assert.False((x * 2).requires_grad);
            using (enable_grad())
            {
                Assert.True((x * 2).requires_grad);
            }

            Assert.False(is_grad_enabled());
        }

        Assert.True(is_grad_enabled());
        using (set_grad_enabled(false))
        {
            Assert.False((x * 2).requires_grad);
        }

        using (inference_mode())
        {
            Assert.False((x * 2).requires_grad);
        }

        Assert.False(x.detach().requires_grad);
        Assert.True((x * 2).requires_grad);
    }

    [Fact]
    public void Grad_gives_gradients_of_gradients()
    {
        var x = tensor([2f], requires_grad: true);
        var unused = tensor([1f], requires_grad: true);
        var first = autograd.grad([x.pow(3)], [x], create_graph: true)[0];
        Equal([12], first);
        Equal([12], autograd.grad([first], [x])[0]);
        Assert.Null(x.grad);
        var gradients = autograd.grad([x * 2], [x, unused], allow_unused: true);
        Equal([2], gradients[0]);
        Assert.True(gradients[1].IsInvalid);
        Assert.Throws<TorchException>(() => autograd.grad([x * 2], [unused]));
    }

    [Fact]
    public void A_small_network_agrees_with_finite_differences()
    {
        using var network = Sequential(
            Conv2d(1, 3, 3, padding: 1), BatchNorm2d(3), ReLU(), MaxPool2d(2), Flatten(), Linear(12, 4));
        network.to(ScalarType.Float64);
        var images = randn(5, 1, 4, 4, ScalarType.Float64);
        var labels = tensor([0L, 1, 2, 3, 1]);
        Tensor Loss() => functional.cross_entropy(network.call(images), labels);
        Loss().backward();
        foreach (var (name, parameter) in network.named_parameters())
        {
            var gradient = parameter.grad!.flatten();
            using var unrecorded = no_grad();
            var elements = parameter.view(-1);
            for (var i = 0L; i < elements.numel(); i++)
            {
                const double Step = 1e-5;
                elements[i].add_(Step);
                var above = Loss().ToDouble();
                elements[i].sub_(2 * Step);
                var below = Loss().ToDouble();
                elements[i].add_(Step);
                Assert.True(
                    Math.Abs(gradient[i].ToDouble() - ((above - below) / (2 * Step))) < 1e-6,
                    $"{name}[{i}]: {gradient[i].ToDouble()} against {(above - below) / (2 * Step)}");
            }
        }
    }

    [Fact]
    public void A_wrong_shape_is_an_exception_with_libtorchs_words()
    {
        var error = Assert.Throws<TorchException>(() => ones(2, 3).mm(ones(2, 3)));
        Assert.Contains("mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)", error.Message, StringComparison.Ordinal);
        Assert.Contains("size", Assert.Throws<TorchException>(() => ones(2) + ones(3)).Message, StringComparison.Ordinal);
        using var layer = Linear(4, 2);
        Assert.Throws<TorchException>(() => layer.call(ones(1, 3)));
        Assert.Throws<TorchException>(() => ones(2).view(3));
        Equal([2, 2], ones(2) + 1);
    }
}
