using System.IO.Compression;

namespace Dsl.Runtime;

/// <summary>Opens files of data, compressed or not.</summary>
internal static class DataFile
{
    /// <summary>Opens a file for reading; gzip is recognised by its first two bytes, whatever the file is called.</summary>
    public static Stream Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var file = File.OpenRead(path);
        try
        {
            return Decompress(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The content of a seekable stream, decompressed when it is gzip.</summary>
    public static Stream Decompress(Stream stream)
    {
        var start = stream.Position;
        var isGzip = stream.ReadByte() == 0x1F && stream.ReadByte() == 0x8B;
        stream.Position = start;
        return isGzip ? new GZipStream(stream, CompressionMode.Decompress) : stream;
    }
}
