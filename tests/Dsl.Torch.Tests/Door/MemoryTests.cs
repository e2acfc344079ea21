using System.Numerics;

namespace Dsl.Torch.Tests.Door;

public class MemoryTests
{
    [Fact]
    public void Elements_go_in_and_out()
    {
        using var x = Sample.Floats([2, 3], 1, 2, 3, 4, 5, 6);
        using var turned = Aten.t(x);
        Assert.Equal([1, 4, 2, 5, 3, 6], Sample.Read(turned));
        using var empty = TensorMemory.Copy<float>([], [0, 4], ScalarType.Float32);
        Assert.Equal([0, 4], Sample.ShapeOf(empty));
        Assert.Empty(Sample.Read(empty));
    }

    [Fact]
    public void A_span_is_the_tensors_own_memory()
    {
        using var x = Sample.Zeros(32);
        TensorMemory.Span<float>(x)[31] = 5;
        Assert.Equal(5, Sample.Read(x)[31]);
        Assert.Equal(32 / Vector<float>.Count, TensorMemory.Span<Vector<float>>(x).Length);
    }

    [Fact]
    public void Memory_that_does_not_fit_is_refused()
    {
        using var x = Sample.Floats([2, 3], 1, 2, 3, 4, 5, 6);
        using var turned = Aten.t(x);
        Assert.Throws<ArgumentException>(() => TensorMemory.Span<float>(turned).Length);
        Assert.Throws<ArgumentException>(() => TensorMemory.Span<Vector<float>>(x).Length);
        Assert.Throws<ArgumentException>(() => TensorMemory.Copy<float>([1, 2], [3], ScalarType.Float32));
        Assert.Throws<ArgumentException>(() => TensorMemory.Copy<float>([1, 2], [2], ScalarType.Float64));
        Assert.Throws<TorchException>(() => TensorMemory.CopyTo(x, new float[5].AsSpan()));
    }
}
