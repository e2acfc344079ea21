using System.Net;
using System.Net.Sockets;
using Dsl.Inspect;
using Dsl.Inspect.Projects;
using Dsl.Inspect.Watching;
using Xunit;

namespace Dsl.Generator.Tests.Inspecting;

/// <summary>A page that follows the sources of a project.</summary>
public sealed class WatchTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dsl-watch-");
    private readonly CancellationTokenSource _end = new(TimeSpan.FromMinutes(2));

    public void Dispose()
    {
        _end.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task The_page_is_as_the_sources_are()
    {
        using var watched = Watch();
        Assert.Contains("Linear(64)", watched.Page, StringComparison.Ordinal);

        Write("Net.cs", Net("Linear(48), ReLU, Linear(2)"));
        Assert.True(await watched.Follow(_end.Token));
        Assert.Contains("Linear(48)", watched.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("Linear(64)", watched.Page, StringComparison.Ordinal);

        Write("Net.cs", Net("Lineer(48)"));
        Assert.True(await watched.Follow(_end.Token));
        Assert.Contains("error DSL110", watched.Page, StringComparison.Ordinal);

        Write("Net.cs", Net("Linear(48), ReLU, Linear(2)"));
        Assert.True(await watched.Follow(_end.Token));
        Assert.DoesNotContain("error DSL110", watched.Page, StringComparison.Ordinal);

        string further = Write("Further.cs", "[Dsl.Model(3), Dsl.Linear(5)] public partial class Further;");
        Assert.True(await watched.Follow(_end.Token));
        Assert.Contains("Further", watched.Page, StringComparison.Ordinal);
        File.Delete(further);
        Assert.True(await watched.Follow(_end.Token));
        Assert.DoesNotContain("Further", watched.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_build_writes_and_what_changes_nothing_is_no_newer_page()
    {
        using var watched = Watch();
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "obj"));
        Write(Path.Combine("obj", "Written.cs"), "class Written;");
        Write("Net.cs", Net("Linear(64), ReLU, Linear(2)"));
        Assert.False(await watched.Follow(_end.Token));
    }

    [Fact]
    public async Task Open_pages_are_told()
    {
        using var watched = Watch();
        using var server = new WatchServer(watched, FreePort());
        using var stop = new CancellationTokenSource();
        var serving = server.Serve(stop.Token);
        using var client = new HttpClient { BaseAddress = new Uri(server.Address) };
        Assert.Contains("Linear(64)", await client.GetStringAsync("/", _end.Token), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/secrets", _end.Token)).StatusCode);

        using var changes = new StreamReader(await client.GetStreamAsync("/changes", _end.Token));
        Assert.Equal(": open", await changes.ReadLineAsync(_end.Token));
        Write("Net.cs", Net("Linear(48), ReLU, Linear(2)"));
        Assert.Equal("", await changes.ReadLineAsync(_end.Token));
        Assert.Equal("data: changed", await changes.ReadLineAsync(_end.Token));
        Assert.Contains("Linear(48)", await client.GetStringAsync("/", _end.Token), StringComparison.Ordinal);

        using var second = Watch();
        var taken = Assert.Throws<InspectionException>(() => new WatchServer(second, new Uri(server.Address).Port));
        Assert.Contains("choose another port by --port", taken.Message, StringComparison.Ordinal);
        await stop.CancelAsync();
        await serving;
    }

    private WatchedProject Watch()
    {
        Write("Net.cs", Net("Linear(64), ReLU, Linear(2)"));
        string project = Write("Demo.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net{Environment.Version.Major}.0</TargetFramework>
              </PropertyGroup>
              <ItemGroup>
                <Reference Include="{Path.Combine(AppContext.BaseDirectory, "language", "Dsl.Attributes.dll")}" />
              </ItemGroup>
            </Project>
            """);
        return new WatchedProject(ProjectLoader.Find(project), "Debug", build: true);
    }

    private static string Net(string layers) => $"using Dsl;\n[Model(4), {layers}] public partial class Net;\n";

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
