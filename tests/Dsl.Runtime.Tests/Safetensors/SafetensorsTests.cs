using System.Buffers.Binary;
using System.Text;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Safetensors;

/// <summary>Tensors written to a file and read back.</summary>
public sealed class SafetensorsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose()
    {
        _scope.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Tensors_of_all_types_and_shapes_come_back()
    {
        ScalarType[] types = [ScalarType.Float64, ScalarType.Float32, ScalarType.Float16, ScalarType.BFloat16, ScalarType.Int64,
            ScalarType.Int32, ScalarType.Int16, ScalarType.Int8, ScalarType.Byte, ScalarType.Bool];
        var tensors = types.ToDictionary(type => type.ToString(), type => rand([3, 2]).to(type));
        tensors["scalar"] = tensor(2.5f);
        tensors["empty"] = zeros(0, 3);
        tensors["turned"] = tensor(new float[,] { { 1, 2, 3 }, { 4, 5, 6 } }).t();
        Runtime.Safetensors.Write(Path("all"), tensors, new Dictionary<string, string> { ["note"] = "ü \"quoted\"" });
        using var read = Runtime.Safetensors.Read(Path("all"));
        Assert.Equal("ü \"quoted\"", Assert.Single(read.Metadata).Value);
        Assert.Equal(tensors.Keys.Order(), read.Keys.Order());
        foreach (var (name, tensor) in tensors)
        {
            Assert.Equal(tensor.dtype, read[name].dtype);
            Assert.True(tensor.Equals(read[name]), name);
        }
    }

    [Fact]
    public void Equal_content_gives_equal_files_without_leftovers()
    {
        var tensors = new Dictionary<string, Tensor> { ["a"] = tensor([1f]), ["b"] = tensor([1L, 2L]) };
        Runtime.Safetensors.Write(Path("one"), tensors);
        Runtime.Safetensors.Write(Path("two"), tensors);
        Runtime.Safetensors.Write(Path("two"), tensors);
        Assert.Equal(File.ReadAllBytes(Path("one")), File.ReadAllBytes(Path("two")));
        Assert.Equal(2, _folder.Files().Length);
        Assert.Equal(0, BinaryPrimitives.ReadInt64LittleEndian(File.ReadAllBytes(Path("one"))) % 8);
    }

    [Fact]
    public void A_failed_write_keeps_the_old_file()
    {
        Runtime.Safetensors.Write(Path("x"), new Dictionary<string, Tensor> { ["a"] = tensor([1f]) });
        var complex = new Dictionary<string, Tensor> { ["a"] = zeros([1], ScalarType.ComplexFloat32) };
        Assert.Throws<ArgumentException>(() => Runtime.Safetensors.Write(Path("x"), complex));
        using var kept = Runtime.Safetensors.Read(Path("x"));
        Assert.Equal([1], kept["a"].data<float>().ToArray());
        Assert.Single(_folder.Files());
    }

    private string Path(string name) => _folder.File(name + ".safetensors");
}
