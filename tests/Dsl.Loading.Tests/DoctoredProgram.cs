using System.Diagnostics;

namespace Dsl.Loading.Tests;

/// <summary>A copy of this program's output folder, whose native libraries a test may change.</summary>
internal sealed class DoctoredProgram : IDisposable
{
    public const string TorchSharp = "libLibTorchSharp.so";

    private const int LargeFile = 10_000_000;
    private readonly string _folder = Directory.CreateTempSubdirectory("dsl-loading").FullName;

    public DoctoredProgram()
    {
        string source = AppContext.BaseDirectory;
        foreach (string file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(_folder, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            if (new FileInfo(file).Length > LargeFile)
            {
                File.CreateSymbolicLink(copy, file);
            }
            else
            {
                File.Copy(file, copy);
            }
        }
    }

    public string Natives => Path.Combine(_folder, "runtimes", "linux-x64", "native");

    public void Delete(string pattern)
    {
        foreach (string file in Directory.EnumerateFiles(Natives, pattern))
        {
            File.Delete(file);
        }
    }

    public void Change(string library, Func<byte[], byte[]> change)
    {
        string path = Path.Combine(Natives, library);
        File.WriteAllBytes(path, change(File.ReadAllBytes(path)));
    }

    /// <summary>Runs it; the answer is what it wrote to both of its outputs.</summary>
    public string Run(string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(_folder, "Dsl.Loading.Tests.dll"));
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        // The test's own process has the setting already, and its children would inherit it.
        start.Environment.Remove("OMP_WAIT_POLICY");
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output + errors.Result;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
