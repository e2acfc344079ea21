using Dsl.Build.Elf;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace Dsl.Build;

/// <summary>
/// Puts a mended copy in the place of TorchSharp's native library for Linux, where the C++ library is too old for that of
/// the package. The package's own file is read and never written.
/// </summary>
public sealed class MendTorchSharp : Microsoft.Build.Utilities.Task
{
    private readonly List<ITaskItem> _replaced = [];
    private readonly List<ITaskItem> _mended = [];

    /// <summary>Native libraries out of packages, TorchSharp's among them or not.</summary>
    [Required]
    public ITaskItem[] Libraries { get; set; } = [];

    /// <summary>The folder for the mended copy.</summary>
    [Required]
    public string Folder { get; set; } = "";

    /// <summary>The value of DslMendTorchSharp: auto, always or never.</summary>
    [Required]
    public string Mode { get; set; } = "";

    /// <summary>The items to take out of the build.</summary>
    [Output]
    public ITaskItem[] Replaced => [.. _replaced];

    /// <summary>The items to put in their place, with all that was known of them.</summary>
    [Output]
    public ITaskItem[] Mended => [.. _mended];

    /// <inheritdoc/>
    public override bool Execute()
    {
        if (!Enum.TryParse(Mode, ignoreCase: true, out MendMode mode) || !Enum.IsDefined(typeof(MendMode), mode))
        {
            LogError("DSLBUILD001", $"The property DslMendTorchSharp is '{Mode}': write auto, always or never.");
            return false;
        }

        var installed = mode == MendMode.Auto ? CxxLibrary.OfThisProcess() : null;
        if (mode == MendMode.Never || (mode == MendMode.Auto && installed is null))
        {
            return true;
        }

        foreach (var library in Libraries.Where(IsTorchSharp))
        {
            try
            {
                Mend(library, installed);
            }
            catch (UnexpectedFileException exception)
            {
                LogError("DSLBUILD002", Refusal(library, installed, exception.Message));
            }
        }

        return !Log.HasLoggedErrors;
    }

    private static bool IsTorchSharp(ITaskItem item) => Path.GetFileName(item.ItemSpec) == "libLibTorchSharp.so";

    private void Mend(ITaskItem library, CxxLibrary? installed)
    {
        var file = new ElfFile(File.ReadAllBytes(library.ItemSpec));
        var missing = installed?.MissingOf(file) ?? [SymbolVersionMend.Version];
        if (missing.Count == 0)
        {
            return;
        }

        if (missing.FirstOrDefault(version => version != SymbolVersionMend.Version) is { } other)
        {
            throw new UnexpectedFileException($"it also needs {other}, whose functions it calls: a newer C++ library is needed");
        }

        if (SymbolVersionMend.Find(file) is not { } mend)
        {
            return;
        }

        string path = Path.GetFullPath(Path.Combine(Folder, Path.GetFileName(library.ItemSpec)));
        if (FreshFile.Write(path, mend.Apply()))
        {
            Log.LogMessage(MessageImportance.High, Report(path, installed));
        }

        _replaced.Add(library);
        _mended.Add(new TaskItem(path, library.CloneCustomMetadata()));
    }

    private void LogError(string code, string message) => Log.LogError(null, code, null, null, 0, 0, 0, 0, message);

    private static string Report(string path, CxxLibrary? installed) => installed is null
        ? $"TorchSharp's native library was mended for C++ libraries older than {SymbolVersionMend.Version} "
            + $"(DslMendTorchSharp=always): {path}"
        : $"TorchSharp's native library was mended for this machine, whose C++ library ends at {installed.Newest} and not at "
            + $"{SymbolVersionMend.Version} (DslMendTorchSharp=never leaves it as it is): {path}";

    private static string Refusal(ITaskItem library, CxxLibrary? installed, string reason)
    {
        string machine = installed is null
            ? ""
            : $" The C++ library of this machine is {installed.Path}, which ends at {installed.Newest}.";
        return $"{library.ItemSpec} cannot be mended for older C++ libraries: {reason}.{machine} A build for a newer machine "
            + "needs no mend: set the property DslMendTorchSharp to never. Otherwise restore the package again, or take "
            + "TorchSharp 0.107.0.";
    }
}
