using System.IO.Compression;

namespace Dsl.Runtime.Tests;

/// <summary>A folder that is gone after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("dsl-runtime-").FullName;

    public string File(string name) => Path.Combine(_path, name);

    public string Write(string name, byte[] content)
    {
        System.IO.File.WriteAllBytes(File(name), content);
        return File(name);
    }

    public string Write(string name, string content)
    {
        System.IO.File.WriteAllText(File(name), content);
        return File(name);
    }

    public string WriteCompressed(string name, byte[] content)
    {
        using (var gzip = new GZipStream(System.IO.File.Create(File(name)), CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }

        return File(name);
    }

    public string[] Files() => [.. Directory.GetFiles(_path).Select(Path.GetFileName).OfType<string>()];

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
