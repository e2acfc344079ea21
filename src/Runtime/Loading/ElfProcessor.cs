namespace Dsl.Runtime;

/// <summary>The processor that a library of Linux is built for.</summary>
internal static class ElfProcessor
{
    private const int HeaderSize = 20;

    /// <summary>Null where the file is no such library or cannot be read, of which the system's loader has its own
    /// words.</summary>
    public static string? Read(string path)
    {
        byte[] header = new byte[HeaderSize];
        try
        {
            using var file = File.OpenRead(path);
            file.ReadExactly(header);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        if (!header.AsSpan().StartsWith("\u007fELF"u8))
        {
            return null;
        }

        return (header[18] | (header[19] << 8)) switch
        {
            3 => "x86",
            62 => "x64",
            183 => "arm64",
            var other => $"processor {other}",
        };
    }
}
