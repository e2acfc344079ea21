using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>Correct declarations, broken at random: each fix that is offered makes C# of them, and its finding goes.</summary>
public class FixMutationTests(Xunit.Abstractions.ITestOutputHelper output)
{
    private const int Mutants = 40;

    // Another seed: DSL_TEST_SEED=n.
    private static readonly int Seed =
        int.TryParse(Environment.GetEnvironmentVariable("DSL_TEST_SEED"), CultureInfo.InvariantCulture, out int seed) ? seed
            : 20261121;

    [Fact]
    public async Task Fix_of_a_mutant_is_a_fix()
    {
        output.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        var fixedIds = new HashSet<string>();
        int fixes = 0;
        for (int i = 0; i < Mutants; i++)
        {
            string source = Mutate(Samples.All, random);
            var project = Fixes.Open(source);
            var before = Findings(await Fixes.Reported(project));
            int errors = Pages.OwnErrors(source).Length;
            foreach (var hidden in await Fixes.Hidden(project))
            foreach (var action in await Fixes.Actions(project, [hidden]))
            {
                var changed = await Fixes.Apply(project, action);
                string text = await Fixes.Text(changed), id = hidden.Properties["Id"]!,
                where = $"{action.Title} for {hidden.GetMessage(null)}\n{text}";
                Fixes.Parses(text);
                Assert.True(Pages.OwnErrors(text).Length <= errors, $"{string.Join("\n", Pages.OwnErrors(text))}\n{where}");
                var after = Findings(await Fixes.Reported(changed));
                Assert.True(before.Any(pair => pair.Key.Id == id && after.GetValueOrDefault(pair.Key) < pair.Value), where);
                fixedIds.Add(id);
                fixes++;
            }
        }

        output.WriteLine($"{fixes} fixes of {string.Join(", ", fixedIds.Order(StringComparer.Ordinal))}");
        Assert.True(fixedIds.Count > 5, "too few kinds of findings");
    }

    private static Dictionary<(string Id, string Message), int> Findings(IEnumerable<Diagnostic> diagnostics) => diagnostics
        .GroupBy(diagnostic => (diagnostic.Id, diagnostic.GetMessage(null)))
        .ToDictionary(group => group.Key, group => group.Count());

    /// <summary>One to three changes: a number or name becomes another one, an attribute goes, stands twice, or changes
    /// places.</summary>
    private static string Mutate(string source, Random random)
    {
        for (int changes = random.Next(1, 4); changes > 0; changes--)
        {
            var root = CSharpSyntaxTree.ParseText(source, Declared.ParseOptions).GetRoot();
            var attributes = root.DescendantNodes().OfType<AttributeSyntax>().ToList();
            var attribute = attributes[random.Next(attributes.Count)];
            source = random.Next(6) switch
            {
                0 => Replace(attribute.Span.End, 0, ", " + attribute),
                1 => attribute.Parent is AttributeListSyntax { Attributes.Count: > 1 } list && list.Attributes[0] != attribute
                    ? Replace(list.Attributes.GetSeparator(list.Attributes.IndexOf(attribute) - 1).SpanStart,
                        attribute.Span.End - list.Attributes.GetSeparator(list.Attributes.IndexOf(attribute) - 1).SpanStart, "")
                    : source,
                2 => Replace(attribute.Span.End, 0, ", " + attributes[random.Next(attributes.Count)]),
                3 => Change(
                    root.DescendantTokens().Where(token => token.IsKind(SyntaxKind.StringLiteralToken)), _ => "\"featuers\""),
                4 => Change(root.DescendantTokens().Where(token => token.IsKind(SyntaxKind.PartialKeyword)), _ => ""),
                _ => Change(root.DescendantTokens().Where(token => token.IsKind(SyntaxKind.NumericLiteralToken)),
                    number => Regex.IsMatch(number, "[.e]") ? Pick("-0.5", "0", "1", "2.5", "1e9")
                        : Pick("-3", "0", "1", "3", "7", "64", "1000000")),
            };

            string Replace(int start, int length, string text) => source.Remove(start, length).Insert(start, text);

            string Change(IEnumerable<SyntaxToken> tokens, Func<string, string> change)
            {
                var all = tokens.ToList();
                if (all.Count == 0) return source;
                var token = all[random.Next(all.Count)];
                return Replace(token.SpanStart, token.Span.Length, change(token.Text));
            }

            string Pick(params string[] values) => values[random.Next(values.Length)];
        }

        return source;
    }
}
