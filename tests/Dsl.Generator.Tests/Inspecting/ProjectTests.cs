using Dsl.Inspect;
using Dsl.Inspect.Projects;
using Xunit;

namespace Dsl.Generator.Tests.Inspecting;

/// <summary>Projects on disk, as MSBuild describes them.</summary>
public sealed class ProjectTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dsl-inspect-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void What_is_no_project_is_told_so()
    {
        Assert.Contains("does not exist", Message(() => ProjectLoader.Find(Path.Combine(_folder.FullName, "missing"))),
            StringComparison.Ordinal);
        Assert.Contains("holds no .csproj file", Message(() => ProjectLoader.Find(_folder.FullName)), StringComparison.Ordinal);
        string note = Write("note.txt", "");
        Assert.Contains("is not a C# project", Message(() => ProjectLoader.Find(note)), StringComparison.Ordinal);
        string first = Write("A.csproj", "");
        Assert.Equal(first, ProjectLoader.Find(_folder.FullName));
        Write("B.csproj", "");
        Assert.Contains("holds 2 projects: name one of A.csproj, B.csproj",
            Message(() => ProjectLoader.Find(_folder.FullName)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_project_is_read_as_it_is_built()
    {
        string project = Write("Demo.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net{Environment.Version.Major}.0</TargetFramework>
                <DefineConstants>$(DefineConstants);WIDE</DefineConstants>
                <DslBackward>autograd</DslBackward>
              </PropertyGroup>
              <ItemGroup>
                <Reference Include="{Path.Combine(AppContext.BaseDirectory, "language", "Dsl.Attributes.dll")}" />
                <CompilerVisibleProperty Include="DslBackward" />
              </ItemGroup>
              <Target Name="Warn" BeforeTargets="CoreCompile"><Warning Text="a package warns of %7Bsomething%7D" /></Target>
            </Project>
            """);
        string source = Write("Net.cs", """
            using Dsl;
            namespace Demo;
            #if WIDE
            [Model(4), Linear(64), ReLU, Linear(2)]
            #else
            [Model(4), Linear(2)]
            #endif
            public partial class Net;
            """);
        var loaded = ProjectLoader.Load(ProjectLoader.Find(project), "Debug", build: true);
        var type = Assert.Single(Inspection.Of(loaded.Compilation, loaded.Options).Types);
        Assert.Equal("Demo.Net", type.Type.FullName);
        Assert.Equal((4 * 64) + 64 + (64 * 2) + 2, type.Table().Total.Parameters);

        // The property reached the compiler: autograd saves what it decides.
        Assert.Null(type.Table().Total.SavedBytes);

        // Read again without a build, though the compiler's output is up to date.
        loaded = ProjectLoader.Load(project, "Debug", build: false);
        Assert.Single(Inspection.Of(loaded.Compilation, loaded.Options).Types);

        File.AppendAllText(source, "\npublic class Wrong : Missing;\n");
        string message = Message(() => ProjectLoader.Load(project, "Debug", build: true));
        Assert.StartsWith("Demo.csproj does not build:", message, StringComparison.Ordinal);
        Assert.Contains("CS0246", message, StringComparison.Ordinal);
    }

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    private static string Message(Action action) => Assert.Throws<InspectionException>(action).Message;
}
