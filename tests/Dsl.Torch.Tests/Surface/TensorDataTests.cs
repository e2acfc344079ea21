namespace Dsl.Torch.Tests.Surface;

public sealed class TensorDataTests : SurfaceTest
{
    [Fact]
    public void Item_needs_one_element_of_exactly_that_type()
    {
        Assert.Equal(2.5f, tensor(2.5f).item<float>());
        Assert.Equal(3, tensor([3L]).item<long>());
        Assert.Throws<ArgumentException>(() => tensor(2.5f).item<double>());
        Assert.Throws<ArgumentException>(() => tensor([1f, 2f]).item<float>());
        Assert.Equal((Half)1.5, tensor(1.5f).half().item<Half>());
    }

    [Fact]
    public void Single_elements_convert_to_any_number()
    {
        Assert.Equal(2.0, tensor(2).ToDouble());
        Assert.Equal(2.5f, tensor(2.5).ToSingle());
        Assert.Equal(-2, tensor(-2.7f).ToInt32());
        Assert.Equal(1L << 40, tensor(1L << 40).ToInt64());
        Assert.True(tensor(true).ToBoolean());
        Assert.Equal(7, (int)tensor(7L));
        Assert.Throws<OverflowException>(() => tensor(300).ToByte());
        Assert.Equal(0.1f, tensor(0.1f).bfloat16().ToSingle(), 0.001f);
    }

    [Fact]
    public void Bytes_read_and_replace_the_memory()
    {
        var values = tensor([1f, 2f]);
        Assert.Equal(8, values.bytes.Length);
        values.bytes = new byte[] { 0, 0, 0x80, 0x3f, 0, 0, 0x80, 0x3f };
        Equal([1, 1], values);
        values.bytes[3] = 0;
        Assert.NotEqual(1f, values[0].item<float>());
        Assert.Throws<ArgumentException>(() => values.bytes = new byte[3]);
        Assert.Throws<InvalidOperationException>(() => ones(2, 3).t().bytes.Length);
    }

    [Fact]
    public void Data_follows_strides_in_both_directions()
    {
        var turned = tensor(new float[,] { { 1, 2, 3 }, { 4, 5, 6 } }).t();
        var data = turned.data<float>();
        Assert.Equal([1, 4, 2, 5, 3, 6], data.ToArray());
        Assert.Equal(5, data[1, 1]);
        Assert.Equal(4, data[1]);
        data[2, 0] = 30;
        Assert.Equal(30, turned[2, 0].item<float>());
        Assert.Equal([1, 4, 2, 5, 30, 6], data);
        var array = (float[,])data.ToNDArray();
        Assert.Equal(6, array[2, 1]);
        Assert.Throws<IndexOutOfRangeException>(() => data[3, 0]);
        Assert.Throws<ArgumentException>(() => turned.data<double>());
        data.CopyFrom([7f, 8f], tensorIndex: 4);
        Assert.Equal([1, 4, 2, 5, 7, 8], data);
    }

    [Fact]
    public void Conversions_keep_or_make_memory()
    {
        var source = tensor([1.7f, -2.7f]);
        Equal([1L, -2], source.to(ScalarType.Int64));
        source.to(ScalarType.Float32).fill_(3);
        Equal([3, 3], source);
        source.to(ScalarType.Float32, copy: true).fill_(4);
        Equal([3, 3], source);
        Assert.Equal(ScalarType.Float64, source.@double().dtype);
        Assert.Equal(ScalarType.Int64, source.to(tensor(1L)).dtype);
        Assert.Equal(DeviceType.CPU, source.to("cpu").device_type);
        Assert.Same(source.dtype.ToString(), source.type_as(source).dtype.ToString());
        var spent = tensor([1f]);
        var converted = spent.to_type(ScalarType.Float64, disposeAfter: true);
        Assert.True(spent.IsInvalid);
        Equal([1], converted);
    }

    [Fact]
    public void Metadata_describes_a_view()
    {
        var view = zeros(4, 6, ScalarType.Float64)[1.., 1..3];
        Assert.Equal([3, 2], view.shape);
        Assert.Equal([6, 1], view.stride());
        Assert.Equal(7, view.storage_offset());
        Assert.False(view.is_contiguous());
        Assert.True(view.contiguous().is_contiguous());
        Assert.Equal(2, view.size(-1));
        Assert.Equal(8, view.element_size());
        Assert.Equal(6, view.numel());
        Assert.Throws<ArgumentOutOfRangeException>(() => view.size(2));
    }

    [Fact]
    public void Text_shows_shape_type_and_small_values()
    {
        Assert.Equal("[2x2], type = Float32, device = cpu, value = [[1, 2], [3, 4.5]]", tensor([1f, 2, 3, 4.5f], 2,
        2).ToString());
        Assert.Equal("[], type = Int64, device = cpu, value = 5", tensor(5L).ToString());
        Assert.Equal("[100], type = Float32, device = cpu", zeros(100).ToString());
    }

    [Fact]
    public void Numbers_become_tensors_where_one_is_expected()
    {
        Tensor number = 2.5;
        Assert.Equal(ScalarType.Float64, number.dtype);
        Tensor list = new[] { 1f, 2f };
        Assert.Equal([2], list.shape);
        Equal([2, 2], where(tensor([true, false]), 2f, ones(2) * 2));
    }

    [Fact]
    public void Streams_carry_elements()
    {
        using var stream = new MemoryStream();
        arange(5, dtype: ScalarType.Int32).WriteBytesToStream(stream, 8);
        Assert.Equal(20, stream.Length);
        stream.Position = 0;
        var read = zeros(5, ScalarType.Int32);
        read.ReadBytesFromStream(stream, 8);
        Equal([0L, 1, 2, 3, 4], read);
        Assert.Throws<EndOfStreamException>(() => read.ReadBytesFromStream(stream));
    }
}
