using System.Buffers.Binary;
using System.Text;

namespace Dsl.Torch.Tests.Door;

public sealed class SafetensorsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("dsl-safetensors").FullName;
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose()
    {
        scope.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Tensors_of_all_types_and_shapes_come_back()
    {
        ScalarType[] types = [ScalarType.Float64, ScalarType.Float32, ScalarType.Float16, ScalarType.BFloat16, ScalarType.Int64,
            ScalarType.Int32, ScalarType.Int16, ScalarType.Int8, ScalarType.Byte, ScalarType.Bool];
        var tensors = types.ToDictionary(type => type.ToString(), type => Aten.to(Aten.rand([3, 2]), type));
        tensors["scalar"] = Aten.full([], 2.5);
        tensors["empty"] = Sample.Zeros(0, 3);
        tensors["turned"] = Aten.t(Sample.Floats([2, 3], 1, 2, 3, 4, 5, 6));
        Safetensors.Write(Path("all"), tensors, new Dictionary<string, string> { ["note"] = "ü \"quoted\"" });
        using var read = Safetensors.Read(Path("all"));
        Assert.Equal("ü \"quoted\"", Assert.Single(read.Metadata).Value);
        Assert.Equal(tensors.Keys.Order(), read.Keys.Order());
        foreach (var (name, tensor) in tensors)
        {
            Assert.Equal(Sample.TypeOf(tensor), Sample.TypeOf(read[name]));
            Assert.True(Aten.equal(tensor, read[name]), name);
        }
    }

    [Fact]
    public void Equal_content_gives_equal_files_without_leftovers()
    {
        var tensors = new Dictionary<string, Tensor> { ["a"] = Sample.Vector(1), ["b"] = Sample.Integers(1, 2) };
        Safetensors.Write(Path("one"), tensors);
        Safetensors.Write(Path("two"), tensors);
        Safetensors.Write(Path("two"), tensors);
        Assert.Equal(File.ReadAllBytes(Path("one")), File.ReadAllBytes(Path("two")));
        Assert.Equal(2, Directory.GetFiles(folder).Length);
        Assert.Equal(0, BinaryPrimitives.ReadInt64LittleEndian(File.ReadAllBytes(Path("one"))) % 8);
    }

    [Fact]
    public void A_failed_write_keeps_the_old_file()
    {
        Safetensors.Write(Path("x"), new Dictionary<string, Tensor> { ["a"] = Sample.Vector(1) });
        var complex = new Dictionary<string, Tensor> { ["a"] = Aten.zeros([1], ScalarType.ComplexFloat32) };
        Assert.Throws<ArgumentException>(() => Safetensors.Write(Path("x"), complex));
        using var kept = Safetensors.Read(Path("x"));
        Assert.Equal([1], Sample.Read(kept["a"]));
        Assert.Single(Directory.GetFiles(folder));
    }

    [Theory]
    [InlineData("")]
    [InlineData("this is a text and no tensor")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,-4]}}")]
    [InlineData("{\"a\":{\"dtype\":\"X9\",\"shape\":[1],\"data_offsets\":[0,4]}}")]
    [InlineData("{\"a\":{\"shape\":[1],\"data_offsets\":[0,4]}}")]
    [InlineData("{\"a\":7}")]
    [InlineData("[]")]
    public void Damaged_files_are_refused(string header)
    {
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        File.WriteAllBytes(Path("bad"), header.Length == 0 ? [] : [.. length, .. Encoding.UTF8.GetBytes(header), 0, 0, 0, 0]);
        var error = Assert.Throws<InvalidDataException>(() => Safetensors.Read(Path("bad")));
        Assert.Contains(Path("bad"), error.Message, StringComparison.Ordinal);
    }

    private string Path(string name) => System.IO.Path.Combine(folder, name + ".safetensors");
}
