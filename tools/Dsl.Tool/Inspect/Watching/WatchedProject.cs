using System.Threading.Channels;
using Dsl.Inspect.Pages;
using Dsl.Inspect.Projects;

namespace Dsl.Inspect.Watching;

/// <summary>
/// The page of a project, written again whenever a source file changes. A file that was changed is parsed anew and nothing else;
/// where files come and go, and where the project file changes, MSBuild is asked again.
/// </summary>
internal sealed class WatchedProject : IDisposable
{
    private readonly string _project, _configuration;
    private readonly FileSystemWatcher _watcher;
    private readonly Channel<string> _changed = Channel.CreateUnbounded<string>();
    private LoadedProject _loaded;

    /// <param name="project">The .csproj file.</param>
    /// <param name="configuration">Debug, Release.</param>
    /// <param name="build">Whether it is built before.</param>
    /// <exception cref="InspectionException">It does not build, or cannot be read.</exception>
    public WatchedProject(string project, string configuration, bool build)
    {
        (_project, _configuration) = (project, configuration);
        _loaded = ProjectLoader.Load(project, configuration, build);
        Page = Write();
        _watcher = new FileSystemWatcher(Path.GetDirectoryName(project)!) { IncludeSubdirectories = true };
        _watcher.Filters.Add("*.cs");
        _watcher.Filters.Add("*.csproj");
        _watcher.Changed += (_, change) => Note(change.FullPath);
        _watcher.Created += (_, change) => Note(change.FullPath);
        _watcher.Deleted += (_, change) => Note(change.FullPath);
        _watcher.Renamed += (_, change) =>
        {
            Note(change.OldFullPath);
            Note(change.FullPath);
        };
        _watcher.EnableRaisingEvents = true;
    }

    public string Name => Path.GetFileNameWithoutExtension(_project);

    /// <summary>The page as of the last change: HTML, with what is wrong at its head.</summary>
    public string Page { get; private set; }

    /// <summary>Waits for a change, and for the end of those that come with it, and writes the page.</summary>
    /// <returns>Whether the page is another one.</returns>
    public async Task<bool> Follow(CancellationToken cancellation)
    {
        var files = new HashSet<string> { await _changed.Reader.ReadAsync(cancellation) };
        do
        {
            // Editors write in more than one go.
            await Task.Delay(Settling, cancellation);
            while (_changed.Reader.TryRead(out string? further)) files.Add(further);
        }
        while (_changed.Reader.Count > 0);

        string before = Page;
        Page = Read(files) is { } wrong ? HtmlPage.Write(Name, [], wrong) : Write();
        return Page != before;
    }

    public void Dispose() => _watcher.Dispose();

    private static TimeSpan Settling => TimeSpan.FromMilliseconds(30);

    // What builds write is no source of anybody's.
    private void Note(string path)
    {
        string[] folders = Path.GetRelativePath(Path.GetDirectoryName(_project)!, path).Split(Path.DirectorySeparatorChar);
        if (!folders.Contains("obj") && !folders.Contains("bin")) _changed.Writer.TryWrite(path);
    }

    /// <returns>What is wrong with the project; null where it was read.</returns>
    private string? Read(IEnumerable<string> files)
    {
        try
        {
            var loaded = _loaded;
            foreach (string file in files)
            {
                if (File.Exists(file) && loaded.WithFile(file) is { } changed) loaded = changed;
                else
                {
                    // All of them are read then.
                    loaded = ProjectLoader.Load(_project, _configuration, build: false);
                    break;
                }
            }

            _loaded = loaded;
            return null;
        }
        catch (InspectionException exception)
        {
            return exception.Message;
        }
        catch (IOException exception)
        {
            return exception.Message;
        }
    }

    private string Write()
    {
        var inspection = Inspection.Of(_loaded.Compilation, _loaded.Options);
        return HtmlPage.Write(
            Name, [.. inspection.Types.Where(type => type.IsSound)], [.. InspectCommand.Described(inspection.Findings)]);
    }
}
