namespace Dsl.Torch.Tests.Surface;

public sealed class FactoryTests : SurfaceTest
{
    [Fact]
    public void Filled_tensors_have_shape_type_and_value()
    {
        Assert.Equal([2, 3], zeros(2, 3).shape);
        Assert.Equal(ScalarType.Float32, zeros(2).dtype);
        Equal([1, 1, 1], ones(3, ScalarType.Float64));
        Equal([2.5f, 2.5f], full(2, 2.5));
        Assert.Equal(ScalarType.Int64, full(2, 7).dtype);
        Assert.Equal(ScalarType.Float32, full(2, 7.0).dtype);
        Assert.Equal(ScalarType.Int32, zeros([2, 2], ScalarType.Int32).dtype);
        Assert.Equal([4, 0], empty(4, 0).shape);
        Assert.True(ones(1, requires_grad: true).requires_grad);
    }

    [Fact]
    public void Ranges_count_as_in_Python()
    {
        Equal([0L, 1, 2, 3], arange(4));
        Assert.Equal(ScalarType.Int64, arange(4).dtype);
        Assert.Equal(ScalarType.Float32, arange(0.0, 1.0, 0.25).dtype);
        Equal([0, 0.25f, 0.5f, 0.75f], arange(0.0, 1.0, 0.25));
        Equal([5L, 3, 1], arange(5, 0, -2));
        Equal([0, 0.5f, 1], linspace(0, 1, 3));
        Equal([1, 0, 0, 0, 1, 0], eye(2, 3));
        Assert.Equal([3, 3], eye(3).shape);
    }

    [Fact]
    public void Arrays_become_tensors_of_their_type_and_rank()
    {
        Assert.Equal(ScalarType.Float64, tensor(new[] { 1.0, 2.0 }).dtype);
        Assert.Equal(ScalarType.Bool, tensor(new[] { true, false }).dtype);
        Assert.Equal(ScalarType.Byte, tensor(new byte[] { 1 }).dtype);
        Assert.Equal(ScalarType.Int32, tensor(3).dtype);
        Assert.Equal(ScalarType.Float32, tensor(new[] { 1L, 2 }, ScalarType.Float32).dtype);
        var matrix = tensor(new float[,] { { 1, 2, 3 }, { 4, 5, 6 } });
        Assert.Equal([2, 3], matrix.shape);
        Equal([1, 2, 3, 4, 5, 6], matrix);
        Assert.Equal([1, 2, 2], tensor(new long[,,] { { { 1, 2 }, { 3, 4 } } }).shape);
        Assert.Equal([2, 2], tensor([1f, 2, 3, 4], 2, 2).shape);
        Assert.Equal([1, 2, 1, 1], from_array(new double[1, 2, 1, 1]).shape);
        Assert.Equal(ScalarType.Int16, from_array(new short[] { 1 }).dtype);
    }

    [Fact]
    public void A_tensor_does_not_share_the_array_it_was_made_from()
    {
        var source = new[] { 1f, 2f };
        var made = tensor(source);
        source[0] = 9;
        Equal([1, 2], made);
    }

    [Fact]
    public void Too_few_elements_and_dimension_names_are_refused()
    {
        Assert.Throws<ArgumentException>(() => tensor([1f, 2], [3]));
        Assert.Throws<NotSupportedException>(() => zeros(2, names: ["batch"]));
        Assert.Throws<NotSupportedException>(() => from_array(new[] { "a" }));
    }

    [Fact]
    public void Twins_take_type_and_shape_unless_told()
    {
        var source = zeros(2, 2, ScalarType.Float64);
        Assert.Equal(ScalarType.Float64, ones_like(source).dtype);
        Assert.Equal(ScalarType.Int64, zeros_like(source, ScalarType.Int64).dtype);
        Equal([3, 3, 3, 3], full_like(source, 3));
        Assert.Equal([5], source.new_zeros([5]).shape);
        Assert.Equal(ScalarType.Float64, source.new_zeros([5]).dtype);
    }
}
