using System.Buffers.Binary;
using System.Text;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Safetensors;

/// <summary>The format itself: what stands where, and what is refused.</summary>
public sealed class SafetensorsFileTests : IDisposable
{
    private const string TwoFloats = """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""";

    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void The_file_is_laid_out_as_the_format_says()
    {
        var tensors = new Dictionary<string, Tensor> { ["z"] = tensor([1f]), ["a"] = tensor([2L]) };
        Runtime.Safetensors.Write(FilePath, tensors, new Dictionary<string, string> { ["step"] = "3" });
        var bytes = File.ReadAllBytes(FilePath);
        var length = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes);
        Assert.Equal(0, length % 8);
        Assert.Equal(
            """{"__metadata__":{"step":"3"},"z":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"I64","shape":[1],"data_offsets":[4,12]}}""",
            Encoding.UTF8.GetString(bytes, 8, length).TrimEnd(' '));
        Assert.Equal([0, 0, 0x80, 0x3f, 2, 0, 0, 0, 0, 0, 0, 0], bytes[(8 + length)..]);
        using var file = Runtime.Safetensors.Read(FilePath);
        Assert.Equal(["z", "a"], file.Keys);
        Assert.Equal("3", file.Metadata["step"]);
    }

    [Fact]
    public void Tensors_that_were_read_outlive_the_scope_around()
    {
        Runtime.Safetensors.Write(FilePath, new Dictionary<string, Tensor> { ["a"] = nn.Parameter(ones(2, 2).t()) });
        SafetensorsFile file;
        using (NewDisposeScope())
        {
            file = Runtime.Safetensors.Read(FilePath, CPU);
        }

        Assert.Equal([1, 1, 1, 1], file["a"].data<float>().ToArray());
        Assert.False(file["a"].requires_grad);
        file.Dispose();
        Assert.True(file["a"].IsInvalid);
    }

    [Theory]
    [InlineData(TwoFloats, 9, "1 bytes follow")]
    [InlineData(TwoFloats, 7, "cut short")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[2,6]}}""", 6, "'b' begins at byte 2, inside")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}""", 12, "'b' begins at byte 8, but")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}""", 2, "'a' is there twice")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4294967296,4294967296,4294967296],"data_offsets":[0,0]}}""", 0, "more than any file")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", 8, "12 bytes, but data_offsets span 8")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", 8, "after its end")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", 8, "-2 in its shape")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2.5],"data_offsets":[0,8]}}""", 8, "2.5 in its shape")]
    [InlineData("""{"a":{"dtype":"F32","shape":2,"data_offsets":[0,8]}}""", 8, "shape that is not a list")]
    [InlineData("""{"a":{"dtype":"F8","shape":[8],"data_offsets":[0,8]}}""", 8, "dtype \"F8\"; known are F64")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[8]}}""", 8, "1 data_offsets")]
    [InlineData("""{"a":{"dtype":"F32","data_offsets":[0,8]}}""", 8, "has no shape")]
    [InlineData("""{"a":{"dtype":"F32","dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 8, "dtype twice")]
    [InlineData("""{"a":[]}""", 0, "not described by an object")]
    [InlineData("""{"__metadata__":{"a":1}}""", 0, "'a' in '__metadata__' is not a string")]
    [InlineData("[1]", 0, "not a JSON object")]
    [InlineData("{\"a\"", 0, "not JSON")]
    public void What_does_not_fit_is_named(string header, int bytes, string message)
    {
        var prefix = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(prefix, header.Length);
        File.WriteAllBytes(FilePath, [.. prefix, .. Encoding.UTF8.GetBytes(header), .. new byte[bytes]]);
        var error = Assert.Throws<InvalidDataException>(() => Runtime.Safetensors.Read(FilePath));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains(FilePath, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[] { 1, 2, 3 }, "at least 8 bytes")]
    [InlineData(new byte[] { 255, 255, 255, 255, 255, 255, 255, 255 }, "18446744073709551615 bytes")]
    [InlineData(new byte[] { 9, 0, 0, 0, 0, 0, 0, 0, 123, 125 }, "9 bytes, but the file has 10")]
    public void A_header_longer_than_the_file_is_refused(byte[] content, string message)
    {
        File.WriteAllBytes(FilePath, content);
        Assert.Contains(
            message, Assert.Throws<InvalidDataException>(() => Runtime.Safetensors.Read(FilePath)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_cut_of_a_file_is_refused()
    {
        Runtime.Safetensors.Write(FilePath, new Dictionary<string, Tensor> { ["a"] = arange(4), ["b"] = zeros(2, 0) });
        var whole = File.ReadAllBytes(FilePath);
        for (var length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(FilePath, whole[..length]);
            Assert.Throws<InvalidDataException>(() => Runtime.Safetensors.Read(FilePath));
        }
    }

    public void Dispose()
    {
        _scope.Dispose();
        _folder.Dispose();
    }

    private string FilePath => _folder.File("file.safetensors");
}
