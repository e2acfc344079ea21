using System.Runtime.InteropServices;
using Dsl.Build.Elf;

namespace Dsl.Build;

/// <summary>
/// The C++ library that programs of this machine run on: that of the running process, since .NET itself needs one.
/// </summary>
internal sealed class CxxLibrary
{
    private readonly HashSet<string> _versions;

    private CxxLibrary(string path, IEnumerable<string> versions)
    {
        Path = path;
        _versions = [.. versions];
    }

    public string Path { get; }

    /// <summary>The newest version of the GLIBCXX series.</summary>
    public string Newest => _versions.Where(version => System.Version.TryParse(Number(version), out _))
        .OrderByDescending(version => System.Version.Parse(Number(version)))
        .FirstOrDefault() ?? "none of GLIBCXX";

    /// <summary>Null where there is none: on other systems, and where .NET has its own inside.</summary>
    public static CxxLibrary? OfThisProcess()
    {
        if (!RuntimeInformation.IsOSPlatform(OSPlatform.Linux))
        {
            return null;
        }

        string? path = File.ReadLines("/proc/self/maps").Select(PathOf).FirstOrDefault(IsCxxLibrary);
        return path is null ? null : Read(path);
    }

    public static CxxLibrary Read(string path) => new(path, VersionDefinitions.Read(new(File.ReadAllBytes(path))));

    /// <summary>What a file needs of it and it does not have.</summary>
    public IReadOnlyList<string> MissingOf(ElfFile file) =>
    [
        .. VersionNeed.Read(file)
            .Where(need => need.Library == SymbolVersionMend.Library && !need.IsWeak && !_versions.Contains(need.Name))
            .Select(need => need.Name),
    ];

    /// <summary>A line of maps: address, rights, offset, device, inode, path.</summary>
    private static string PathOf(string line)
    {
        int slash = line.IndexOf('/');
        return slash < 0 ? "" : line.Substring(slash);
    }

    private static bool IsCxxLibrary(string path) =>
        System.IO.Path.GetFileName(path).StartsWith(SymbolVersionMend.Library, StringComparison.Ordinal);

    private static string Number(string version) =>
        version.StartsWith("GLIBCXX_", StringComparison.Ordinal) ? version.Substring("GLIBCXX_".Length) : "";
}
