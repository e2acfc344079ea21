using System.Text;
using System.Text.RegularExpressions;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>What holds of every fix, on the wrong example of every page and in every layout.</summary>
public class FixPropertyTests
{
    private static readonly Dictionary<string, Func<string, string>> Layouts = new()
    {
        ["as written"] = example => example,
        ["a comment behind every attribute"] = Commented<AttributeListSyntax>,
        ["a comment behind every argument"] = Commented<AttributeArgumentListSyntax>,
        ["brackets around every attribute"] = example => Lists(example, "]\n["),
        ["brackets on one line"] = example => Lists(example, "] ["),
        ["line ends of Windows"] = example => example.Replace("\n", "\r\n", StringComparison.Ordinal),
    };

    public static TheoryData<string> Ids => [.. Sorted];

    private static IEnumerable<string> Sorted =>
        Catalogue.ById.Keys.Where(id => !PageTests.Unreachable.ContainsKey(id)).Order(StringComparer.Ordinal);

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task Fix_leaves_correct_code_without_the_finding(string id)
    {
        string example = Assert.Single(Pages.Examples($"diagnostics/{id}.md", "Wrong"));
        foreach (var (layout, arrange) in Layouts)
        {
            string source = arrange(example);
            Fixes.Parses(source);
            var project = Fixes.Open(source);
            var hidden = await Fixes.Hidden(project, PageTests.Options(id));
            int errors = Pages.OwnErrors(source).Length, comments = Regex.Count(source, "//");
            foreach (var action in await Fixes.Actions(project, hidden))
            {
                string where = $"{layout}: {action.Title}";
                string text = await Fixes.Text(await Fixes.Apply(project, action));
                Fixes.Parses(text);
                bool keeps = layout != "a comment behind every argument"
                    || !action.Title.StartsWith("Remove [", StringComparison.Ordinal);
                if (keeps) Assert.True(Regex.Count(text, "//") == comments, $"{where} lost a comment:\n{text}");
                Assert.True(
                    Pages.OwnErrors(text).Length <= errors, $"{where}: {string.Join("\n", Pages.OwnErrors(text))}\n{text}");
                string[] left = [.. Of(text, id).Select(found => found.GetMessage(null))];
                Assert.True(left.Length < Of(source, id).Count, $"{where} does not help: {string.Join("\n", left)}\n{text}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task Generator_and_analyzer_offer_the_same(string id)
    {
        string example = Assert.Single(Pages.Examples($"diagnostics/{id}.md", "Wrong"));
        var project = Fixes.Open(example);
        var hidden = await Fixes.Hidden(project, PageTests.Options(id));
        var reported = (await Fixes.Reported(project, PageTests.Options(id)))
            .Where(diagnostic => diagnostic.Properties.ContainsKey("Id")).ToList();
        Assert.Equal(Carried(reported), Carried(hidden));
        Assert.Equal(
            (await Fixes.Actions(project, reported)).Select(action => action.EquivalenceKey),
            (await Fixes.Actions(project, [.. reported, .. hidden])).Select(action => action.EquivalenceKey));
        Assert.All(hidden, diagnostic =>
            Assert.Equal((Catalogue.FixAvailable.Id, DiagnosticSeverity.Hidden), (diagnostic.Id, diagnostic.Severity)));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task Page_says_what_is_offered(string id)
    {
        string page = $"diagnostics/{id}.md";
        var project = Fixes.Open(Pages.Examples(page, "Wrong")[0]);
        var actions = await Fixes.Actions(project, await Fixes.Hidden(project, PageTests.Options(id)));
        string[] titles = [.. actions.Select(action => $"`{action.Title}`").Distinct()];
        string line = titles.Length == 0 ? "" : $"Code fix{(titles.Length > 1 ? "es" : "")}: {string.Join(", ", titles)}.";
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1") Pages.WriteOffers(page, line);
        Assert.Equal(line, Pages.Offers(page));
    }

    [Fact]
    public async Task Every_kind_of_edit_occurs()
    {
        var kinds = new HashSet<EditKind>();
        foreach (string id in Sorted)
        {
            var hidden = await Fixes.Hidden(
                Fixes.Open(Pages.Examples($"diagnostics/{id}.md", "Wrong")[0]), PageTests.Options(id));
            kinds.UnionWith(hidden.SelectMany(diagnostic => FixProperties.Read(diagnostic)).SelectMany(offer => offer.Steps)
                .Select(step => step.Kind));
        }

        Assert.Equal(Enum.GetValues<EditKind>(), kinds.Order());
    }

    [Fact]
    public Task Correct_declarations_have_no_fixes() => Verify.Hidden(Samples.All);

    private static IEnumerable<string> Carried(IEnumerable<Diagnostic> diagnostics) => diagnostics
        .Select(diagnostic =>
            $"{diagnostic.Location.SourceSpan} "
            + $"{string.Join(" ", diagnostic.Properties.OrderBy(pair => pair.Key, StringComparer.Ordinal))}")
        .Order(StringComparer.Ordinal);

    private static IReadOnlyList<Diagnostic> Of(string source, string id) =>
    [
        .. Declared.Driver(PageTests.Options(id)).RunGenerators(Declared.Compile(source)).GetRunResult()
        .Diagnostics.Where(found => found.Id == id),
    ];

    private static string Commented<TList>(string source)
        where TList : SyntaxNode
    {
        var root = CSharpSyntaxTree.ParseText(source, Declared.ParseOptions).GetRoot();
        var text = new StringBuilder(source);
        foreach (var comma in root.DescendantNodes().OfType<TList>()
            .SelectMany(list => list.ChildTokens().Where(token => token.IsKind(SyntaxKind.CommaToken)))
            .OrderByDescending(comma => comma.SpanStart))
        {
            text.Insert(comma.Span.End, "  // said\n       ");
        }

        return text.ToString();
    }

    private static string Lists(string source, string between)
    {
        var root = CSharpSyntaxTree.ParseText(source, Declared.ParseOptions).GetRoot();
        var text = new StringBuilder(source);
        foreach (var comma in root.DescendantNodes().OfType<AttributeListSyntax>()
            .SelectMany(list => list.Attributes.GetSeparators())
            .OrderByDescending(comma => comma.SpanStart))
        {
            int length = source[comma.Span.End] == ' ' ? 2 : 1;
            text.Remove(comma.SpanStart, length).Insert(comma.SpanStart, between);
        }

        return text.ToString();
    }
}
