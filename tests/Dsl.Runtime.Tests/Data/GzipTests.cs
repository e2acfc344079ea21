using System.IO.Compression;
using System.Text;

namespace Dsl.Runtime.Tests.Data;

/// <summary>A gzip file is read whole or not at all.</summary>
public sealed class GzipTests : IDisposable
{
    private static readonly byte[] Lines = Encoding.ASCII.GetBytes(
        string.Concat(Enumerable.Range(0, 30).Select(i => $"{i % 97},{i * 7 % 13},{i % 12}\n")));

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Fastest)]
    [InlineData(CompressionLevel.SmallestSize)]
    public void Every_cut_is_refused(CompressionLevel level)
    {
        var whole = Compress(Lines, level);
        Assert.Equal(30, CountOf(whole));
        for (var length = 0; length < whole.Length; length++)
        {
            ExpectRefusal(whole[..length]);
        }
    }

    [Fact]
    public void Every_cut_within_the_last_of_several_members_is_refused()
    {
        var first = Compress(Lines, CompressionLevel.Fastest);
        var empty = Compress([], CompressionLevel.Fastest);
        byte[] whole = [.. first, .. empty, .. WithNames(first)];
        Assert.Equal(60, CountOf(whole));
        Assert.Equal(60, CountOf([.. whole, 0, 0, 0]));
        for (var length = whole.Length - 40; length < whole.Length; length++)
        {
            ExpectRefusal(whole[..length]);
        }

        ExpectRefusal([.. whole, 1]);
        ExpectRefusal([.. whole, 0x1F, 0x8B]);
        ExpectRefusal([.. first[..^9], .. whole]);
    }

    [Fact]
    public void A_bit_that_flips_changes_nothing_that_is_read()
    {
        var whole = Compress(Lines, CompressionLevel.Optimal);
        using var right = CsvData.Load(_folder.Write("right", whole));
        for (var bit = 0; bit < 8 * whole.Length; bit++)
        {
            var flipped = whole.ToArray();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            var path = _folder.Write("flipped", flipped);
            try
            {
                using var data = CsvData.Load(path);
                Assert.True(right.Inputs.Equals(data.Inputs) && right.Labels.Equals(data.Labels), $"bit {bit}");
            }
            catch (InvalidDataException error)
            {
                Assert.Contains(path, error.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Images_are_checked_as_well()
    {
        byte[] images = [0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 0, 255], labels = [0, 0, 8, 1, 0, 0, 0, 1, 7];
        var cut = _folder.Write("images", Compress(images, CompressionLevel.Fastest)[..^8]);
        var error = Assert.Throws<InvalidDataException>(() => IdxData.Load(cut, _folder.Write("labels", labels)));
        Assert.Contains(cut, error.Message, StringComparison.Ordinal);
        var streams = Assert.Throws<InvalidDataException>(
            () => IdxData.Read(new MemoryStream(File.ReadAllBytes(cut)), new MemoryStream(labels)));
        Assert.Contains("The stream of images is a gzip file that is cut short", streams.Message, StringComparison.Ordinal);
    }

    // Every optional part of a header: extra bytes, the file's name, a comment, a checksum of the header.
    private static byte[] WithNames(byte[] member)
    {
        byte[] header = [.. member[..3], 0b0001_1110, .. member[4..10], 2, 0, 5, 6, .. "data.csv\0made by hand\0"u8];
        var checksum = default(Crc32);
        checksum.Add(header);
        return [.. header, (byte)checksum.Value, (byte)(checksum.Value >> 8), .. member[10..]];
    }

    private static byte[] Compress(byte[] content, CompressionLevel level)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, level))
        {
            gzip.Write(content);
        }

        return compressed.ToArray();
    }

    private long CountOf(byte[] file)
    {
        using var data = CsvData.Load(_folder.Write("data", file));
        return data.Count;
    }

    private void ExpectRefusal(byte[] file)
    {
        var path = _folder.Write("data", file);
        var error = Assert.Throws<InvalidDataException>(() => CsvData.Load(path));
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
    }
}
