namespace Dsl.Runtime;

/// <summary>Opens files of data, compressed or not.</summary>
public static class DataFile
{
    /// <summary>Opens a file for reading; gzip is recognised by its first two bytes, whatever the file is called.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Its content, to be read from the start to the end. Where that of a gzip file is damaged or cut short, reading it
    /// throws an <see cref="InvalidDataException"/> that names the file, at its end at the latest.</returns>
    /// <exception cref="IOException">The file could not be opened.</exception>
    public static Stream Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var file = File.OpenRead(path);
        try
        {
            return Decompress(file, path);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The content of a seekable stream, decompressed when it is gzip.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="name">What errors call it.</param>
    internal static Stream Decompress(Stream stream, string name)
    {
        var start = stream.Position;
        var isGzip = stream.ReadByte() == 0x1F && stream.ReadByte() == 0x8B;
        stream.Position = start;
        return isGzip ? new GzipContent(stream, name) : stream;
    }
}
