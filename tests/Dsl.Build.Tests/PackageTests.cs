using System.Runtime.CompilerServices;
using System.Xml.Linq;
using Xunit;

namespace Dsl.Build.Tests;

/// <summary>What the package and the templates say by hand agrees with the projects that they are made of.</summary>
public class PackageTests
{
    private static readonly string Source = Path.GetFullPath(Path.Combine(Here(), "..", "..", "src"));

    [Fact]
    public void The_package_brings_what_the_runtime_needs()
    {
        var needed = References("Runtime/Runtime.csproj");
        Assert.Contains("TorchSharp", needed);
        Assert.Empty(needed.Except(References("Package/Package.csproj")));
    }

    [Theory]
    [InlineData("Dsl.Parquet", "Parquet.Net")]
    [InlineData("Dsl.MLNet", "Microsoft.ML.DataView")]
    [InlineData("Dsl.Tokenizers", "Microsoft.ML.Tokenizers")]
    public void What_reads_other_data_comes_apart(string companion, string library)
    {
        Assert.Equal([library], References($"{companion}/{companion}.csproj"));
        Assert.DoesNotContain(library, References("Runtime/Runtime.csproj"));
        Assert.DoesNotContain(library, References("Package/Package.csproj"));
    }

    [Theory]
    [InlineData("dsl-table")]
    [InlineData("dsl-classifier")]
    [InlineData("dsl-images")]
    public void Templates_name_the_package_of_their_own_version(string template)
    {
        var project = XDocument.Load(Path.Combine(Source, "Templates", "content", template, "Project1.csproj"));
        string version = XDocument.Load(Path.Combine(Source, "..", "Directory.Build.props")).Descendants("Version").Single()
            .Value;
        var packages = project.Descendants("PackageReference").Where(reference =>
            (string?)reference.Attribute("Include") is { } name
                && (name == "Dsl" || name.StartsWith("Dsl.", StringComparison.Ordinal)));
        Assert.NotEmpty(packages);
        Assert.All(packages, package => Assert.Equal(version, (string?)package.Attribute("Version")));
    }

    [Theory]
    [InlineData("Program.cs")]
    [InlineData("Shapes.cs")]
    public void The_template_of_images_is_the_sample(string file) => Assert.Equal(
        File.ReadAllText(Path.Combine(Source, "..", "samples", "Images", file)),
        File.ReadAllText(Path.Combine(Source, "Templates", "content", "dsl-images", file)));

    // What is only there to build, or belongs to the machine, comes to nobody.
    private static List<string> References(string project) =>
    [
        .. XDocument.Load(Path.Combine(Source, project)).Descendants("PackageReference")
            .Where(reference => (string?)reference.Attribute("PrivateAssets") != "all")
            .Select(reference => (string)reference.Attribute("Include")!),
    ];

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
