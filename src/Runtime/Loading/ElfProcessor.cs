namespace Dsl.Runtime;

/// <summary>The processor that a library of Linux is built for.</summary>
internal static class ElfProcessor
{
    /// <summary>Null where the file is no such library, of which the system's loader has its own words.</summary>
    public static string? Read(string path)
    {
        Span<byte> header = stackalloc byte[20];
        using var file = File.OpenRead(path);
        int read = file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        if (read < header.Length || !header.StartsWith("\u007fELF"u8))
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
