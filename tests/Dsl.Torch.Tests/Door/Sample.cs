namespace Dsl.Torch.Tests.Door;

/// <summary>Small tensors for tests of the door, which must not depend on the surface above it.</summary>
internal static class Sample
{
    public static Tensor Floats(ReadOnlySpan<long> shape, params ReadOnlySpan<float> elements) =>
        TensorMemory.Copy(elements, shape, ScalarType.Float32);

    public static Tensor Vector(params ReadOnlySpan<float> elements) => Floats([elements.Length], elements);

    public static Tensor Integers(params ReadOnlySpan<long> elements) =>
        TensorMemory.Copy(elements, [elements.Length], ScalarType.Int64);

    public static Tensor Zeros(params ReadOnlySpan<long> shape) => Aten.zeros(shape);

    /// <summary>A leaf that records gradients.</summary>
    public static unsafe Tensor Leaf(params ReadOnlySpan<float> elements)
    {
        var tensor = Vector(elements);
        NativeStatus.Check(NativeMethods.TensorSetRequiresGrad(tensor.Handle, 1));
        return tensor;
    }

    public static bool RequiresGrad(Tensor tensor) => NativeMethods.TensorRequiresGrad(tensor.Handle) == 1;

    public static ScalarType TypeOf(Tensor tensor) => (ScalarType)NativeMethods.TensorScalarType(tensor.Handle);

    public static unsafe long[] ShapeOf(Tensor tensor) =>
        new ReadOnlySpan<long>(NativeMethods.TensorSizes(tensor.Handle), NativeMethods.TensorDim(tensor.Handle)).ToArray();

    public static float[] Read(Tensor tensor)
    {
        var elements = new float[NativeMethods.TensorNumel(tensor.Handle)];
        TensorMemory.CopyTo<float>(tensor, elements);
        return elements;
    }

    public static unsafe float[] Gradient(Tensor tensor)
    {
        nint gradient;
        NativeStatus.Check(NativeMethods.TensorGrad(tensor.Handle, &gradient));
        using var wrapped = TensorWrapper.Wrap(gradient);
        return Read(wrapped);
    }
}
