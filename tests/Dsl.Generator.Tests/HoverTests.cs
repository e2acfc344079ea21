using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>What an editor shows where the name of a model or a trainer stands.</summary>
public class HoverTests
{
    private const string Own = "/// <summary>The network of chapter three.</summary>\n/// <remarks>Mine.</remarks>\n";

    [Fact]
    public void A_model_shows_its_table()
    {
        var documentation = Documentation(Samples.Header + Samples.Mlp, "Demo.Mlp");
        Assert.Equal("[N, 784] to [N, 10], 203,530 parameters.", documentation.Element("summary")!.Value);
        Assert.Equal(
            """

            #  layer        output    parameters    FLOPs  saved bytes
            0  Linear(256)  [N, 256]     200,960  401,664            0
            1  ReLU         [N, 256]           0      256        1,024
            2  Linear(10)   [N, 10]        2,570    5,130            0
               total                     203,530  407,050        1,024

            """.ReplaceLineEndings("\n"),
            Lines(documentation.Element("remarks")!.Element("code")!));
    }

    [Fact]
    public void A_trainer_shows_what_it_minimises()
    {
        var documentation = Documentation(Samples.All, "Demo.DistillTrainer");
        Assert.Contains("minimise       0.9·T²·KL(softmax(z_t/T) ‖ softmax(z/T)) + 0.1·(−mean log softmax(z)[y])",
            documentation.Element("remarks")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Documentation_of_the_users_own_part_stands_first()
    {
        string source = Samples.Header + Own + Samples.Mlp;
        await Verify.Compiles(source);
        var documentation = Documentation(source, "Demo.Mlp");
        Assert.Equal(["The network of chapter three.", "[N, 784] to [N, 10], 203,530 parameters."],
            documentation.Elements("summary").Select(summary => summary.Value));
        Assert.Equal(2, documentation.Elements("remarks").Count());
    }

    [Fact]
    public void Angle_brackets_of_a_table_are_text()
    {
        // A tag's name may hold anything.
        var documentation = Documentation("""
            using Dsl;
            [Model(4), Linear(4), Tag("a<b&c"), Linear(2)] public partial class Net;
            """, "Net");
        Assert.Contains("Tag(\"a<b&c\")", documentation.Element("remarks")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void A_documented_library_misses_no_comment()
    {
        Declared.Driver().RunGeneratorsAndUpdateCompilation(Declared.Compile(Samples.All), out var output, out _);
        using MemoryStream image = new(), documentation = new();
        var emitted = output.Emit(image, xmlDocumentationStream: documentation);
        Assert.True(emitted.Success);
        Assert.DoesNotContain(
            emitted.Diagnostics, diagnostic =>
                diagnostic.Location.SourceTree?.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) == true
                    && diagnostic.Id is "CS1591" or "CS1570" or "CS1571" or "CS1572" or "CS1573" or "CS1574");
    }

    private static XElement Documentation(string source, string type)
    {
        Declared.Driver().RunGeneratorsAndUpdateCompilation(Declared.Compile(source), out var output, out var reported);
        Assert.DoesNotContain(reported, diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        return XElement.Parse(output.GetTypeByMetadataName(type)!.GetDocumentationCommentXml()!);
    }

    private static string Lines(XElement code) => string.Join(
        "\n", code.Value.Split('\n').Select(line => line.StartsWith("    ", StringComparison.Ordinal) ? line[4..] : line));
}
