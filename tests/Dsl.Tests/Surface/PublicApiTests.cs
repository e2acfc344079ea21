using System.Runtime.CompilerServices;
using Dsl.Runtime;
using PublicApiGenerator;
using Xunit;

namespace Dsl.Tests.Surface;

/// <summary>What the packages offer is written down beside their projects: a change of it is seen in a review, and told in the
/// changelog.</summary>
public class PublicApiTests
{
    [Theory]
    [InlineData(typeof(ModelAttribute), "Dsl.Attributes")]
    [InlineData(typeof(Trainer), "Runtime")]
    [InlineData(typeof(DataViewTable), "Dsl.MLNet")]
    [InlineData(typeof(ParquetTable), "Dsl.Parquet")]
    [InlineData(typeof(TextTokenizer), "Dsl.Tokenizers")]
    public void The_public_members_are_those_that_are_written_down(Type ofAssembly, string project)
    {
        string path = Path.GetFullPath(Path.Combine(Here(), "..", "..", "..", "src", project, "PublicApi.txt"));
        string api = ofAssembly.Assembly.GeneratePublicApi(new ApiGeneratorOptions { IncludeAssemblyAttributes = false })
            .ReplaceLineEndings("\n") + "\n";
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1") File.WriteAllText(path, api);
        string written = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";
        if (written == api) return;
        var (before, after) = (written.Split('\n'), api.Split('\n'));
        Assert.Fail($"The public members of {project} are others than in {path}. Gone: {Listed(before.Except(after))}; new: "
            + $"{Listed(after.Except(before))}. UPDATE_SNAPSHOTS=1 ./dsl test --filter PublicApiTests writes them down.");
    }

    private static string Listed(IEnumerable<string> lines) =>
        string.Join(" ", lines.Select(line => line.Trim()).DefaultIfEmpty("nothing").Take(12));

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
