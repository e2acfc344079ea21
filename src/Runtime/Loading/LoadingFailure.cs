using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Dsl.Runtime;

/// <summary>Finds out why TorchSharp's native libraries do not load, and says it.</summary>
internal static partial class LoadingFailure
{
    /// <summary>The version of libtorch that TorchSharp's natives are built for.</summary>
    private const string LibTorchVersion = "2.10.0";

    /// <summary>The one version that a build with Dsl makes dispensable.</summary>
    private const string MendedVersion = "GLIBCXX_3.4.32";

    /// <summary>What is wrong with the libraries in some folders, and what to do.</summary>
    public static string Explain(NativePlatform platform, IReadOnlyList<string> folders)
    {
        if (!platform.IsServed)
        {
            return $"TorchSharp has no native libraries for {platform.Name}, on which this program runs: it has those for "
                + $"{NativePlatform.Served}. Run the program on one of these, with the .NET of that processor.";
        }

        string? bridge = Find(folders, platform.TorchSharpFile);
        if (bridge is null)
        {
            return $"TorchSharp's native library {platform.TorchSharpFile} is in none of this program's folders "
                + $"({string.Join(", ", folders)}). Build or publish the program for this system (dotnet publish --runtime "
                + $"{platform.Name}) and copy the whole output.";
        }

        string? libtorch = Find(folders, platform.LibTorchFile);
        return libtorch is null
            ? NoLibTorch(platform)
            : ErrorOf(platform, libtorch) ?? ErrorOf(platform, bridge) ?? NotByName(bridge);
    }

    private static string NoLibTorch(NativePlatform platform)
    {
        string cuda = platform.CudaPackage is { } package ? $", or {package} for NVIDIA GPUs" : "";
        return $"This program has TorchSharp, but no libtorch ({platform.LibTorchFile} is not beside it). Add libtorch to the "
            + $"project that is started: dotnet add package {platform.LibTorchPackage} --version {LibTorchVersion}{cuda}.";
    }

    private static string NotByName(string bridge) =>
        $"{bridge} can be loaded by its path, but .NET does not find it by its name: is the program's .deps.json the one that it "
        + "was built with?";

    private static string? Find(IReadOnlyList<string> folders, string file) =>
        folders.Select(folder => Path.Combine(folder, file)).FirstOrDefault(File.Exists);

    /// <summary>Null where the library loads.</summary>
    private static string? ErrorOf(NativePlatform platform, string path)
    {
        // The system's words for a library of another processor are that there is no such file.
        if (platform.System == "linux" && ElfProcessor.Read(path) is { } processor && processor != platform.Processor)
        {
            return $"{path} is built for {processor}, but this program runs on {platform.Processor}. "
                + $"Build or publish it for this processor (dotnet publish --runtime {platform.Name}).";
        }

        try
        {
            NativeLibrary.Load(path);
            return null;
        }
        catch (Exception exception) when (exception is DllNotFoundException or BadImageFormatException)
        {
            return Explain(path, exception.Message);
        }
    }

    private static string Explain(string path, string message)
    {
        if (MissingVersion().Match(message) is not { Success: true } missing)
        {
            return $"{path} cannot be loaded. The system says: {SystemsWords(message)}";
        }

        string version = missing.Groups["version"].Value;
        string library = missing.Groups["library"].Value;
        string old = $"{path} needs {version}, which {library} of this machine does not have: it is too old. ";
        return old + (version == MendedVersion
            ? "A build with the package Dsl on this machine mends that, and so does one elsewhere with the property "
                + "DslMendTorchSharp set to always (dotnet publish -p:DslMendTorchSharp=always)."
            : "Run the program on a newer system (Debian 12, Ubuntu 22.04 or later).");
    }

    /// <summary>.NET puts advice of its own before what the system's loader says.</summary>
    private static string SystemsWords(string message)
    {
        string[] lines = message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return lines.Length > 1 ? string.Join(' ', lines.Skip(1).Distinct()) : message;
    }

    [GeneratedRegex(@"(?<library>[^\s:]+): version `(?<version>(GLIBCXX|CXXABI|GLIBC)_[0-9.]+)' not found")]
    private static partial Regex MissingVersion();
}
