using System.Buffers.Binary;
using System.Text;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Safetensors;

/// <summary>The format itself: what stands where, and what is refused.</summary>
public sealed class SafetensorsFileTests : IDisposable
{
    private const string TwoFloats = """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""";

    private const string OfHeaders = "0123456789{}[]\",:\\ue-.";

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
    [InlineData(
        """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[2,6]}}""", 6,
        "'b' begins at byte 2, inside")]
    [InlineData(
        """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}""", 12,
        "'b' begins at byte 8, but")]
    [InlineData(
        """{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}""", 2,
        "'a' is there twice")]
    [InlineData(
        """{"a":{"dtype":"F32","shape":[4294967296,4294967296,4294967296],"data_offsets":[0,0]}}""", 0, "more than any file")]
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
    [InlineData("""{"\ud800":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}}""", 0, "half a character")]
    [InlineData("""{"a":{"dtype":"\ud800","shape":[0],"data_offsets":[0,0]}}""", 0, "half a character")]
    [InlineData("""{"a":{"\udc00":1,"dtype":"U8","shape":[0],"data_offsets":[0,0]}}""", 0, "half a character")]
    [InlineData("""{"__metadata__":{"a":"\ud800\u0041"}}""", 0, "half a character")]
    [InlineData("""{"__metadata__":{"\udfff":"a"}}""", 0, "half a character")]
    [InlineData("""{"a":{"dtype":"U8","shape":[4294967296,4294967296,0],"data_offsets":[0,0]}}""", 0, "more than any file")]
    [InlineData("""{"a":{"dtype":"U8","shape":[0,4294967296,4294967296],"data_offsets":[0,0]}}""", 0, "more than any file")]
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
            message, Assert.Throws<InvalidDataException>(() => Runtime.Safetensors.Read(FilePath)).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"~":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}}""")]
    [InlineData("""{"a":{"dtype":"~","shape":[0],"data_offsets":[0,0]}}""")]
    [InlineData("""{"a":{"~":"U8","shape":[0],"data_offsets":[0,0]}}""")]
    [InlineData("""{"__metadata__":{"a":"~"}}""")]
    [InlineData("""{"__metadata__":{"~":"a"}}""")]
    public void Text_that_is_not_utf8_is_named(string header)
    {
        foreach (byte[] wrong in new byte[][] { [0xFF], [0xC3], [0xC0, 0x80], [0xED, 0xA0, 0x80] })
        {
            var parts = header.Split('~');
            byte[] text = [.. Encoding.UTF8.GetBytes(parts[0]), .. wrong, .. Encoding.UTF8.GetBytes(parts[1])];
            var prefix = new byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(prefix, text.Length);
            File.WriteAllBytes(FilePath, [.. prefix, .. text]);
            var error = Assert.Throws<InvalidDataException>(() => Runtime.Safetensors.Read(FilePath));
            Assert.Contains($"{FilePath}: the header is not UTF-8", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_damaged_file_is_read_or_refused_and_nothing_else()
    {
        var tensors = new Dictionary<string, Tensor> { ["weight"] = arange(3), ["ü"] = zeros(2, 0), ["steps"] = tensor([true]) };
        Runtime.Safetensors.Write(FilePath, tensors, new Dictionary<string, string> { ["note"] = "\u00e9\"\\" });
        var whole = File.ReadAllBytes(FilePath);
        var random = new Random(1);
        var refused = 0;
        for (var i = 0; i < 5000; i++)
        {
            File.WriteAllBytes(FilePath, Mutate(whole, random));
            try
            {
                Runtime.Safetensors.Read(FilePath).Dispose();
            }
            catch (InvalidDataException error)
            {
                refused++;
                Assert.Contains(FilePath, error.Message, StringComparison.Ordinal);
            }
        }

        Assert.InRange(refused, 2500, 4999);
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

    // One to three changes: a bit, a byte, a piece left out, put in or written twice, the file cut short or grown.
    private static byte[] Mutate(byte[] whole, Random random)
    {
        List<byte> bytes = [.. whole];
        for (var changes = random.Next(1, 4); changes > 0 && bytes.Count > 0; changes--)
        {
            var place = random.Next(bytes.Count);
            var length = Math.Min(random.Next(1, 9), bytes.Count - place);
            switch (random.Next(8))
            {
                case 0 or 1: bytes[place] ^= (byte)(1 << random.Next(8)); break;
                case 2: bytes[place] = (byte)random.Next(256); break;
                case 3: bytes[place] = (byte)OfHeaders[random.Next(OfHeaders.Length)]; break;
                case 4: bytes.RemoveRange(place, length); break;
                case 5: bytes.InsertRange(place, bytes.GetRange(place, length)); break;
                case 6: bytes.RemoveRange(place, bytes.Count - place); break;
                default: bytes.AddRange(new byte[length]); break;
            }
        }

        return [.. bytes];
    }

    public void Dispose()
    {
        _scope.Dispose();
        _folder.Dispose();
    }

    private string FilePath => _folder.File("file.safetensors");
}
