using System.Globalization;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Tests.Fuzzing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>An editor, whose driver has seen every state before, sees what a build sees, whose driver is new: files and
/// findings.</summary>
public class KeptDriverTests(Xunit.Abstractions.ITestOutputHelper output)
{
    private const int Runs = 12, Edits = 40;

    // Other ones: DSL_TEST_SEED=n.
    private static readonly int Seed =
        int.TryParse(Environment.GetEnvironmentVariable("DSL_TEST_SEED"), CultureInfo.InvariantCulture, out int seed) ? seed
            : 20250302;

    private const string Config = """
        using System;
        public static class Config
        {
            private static readonly string Folder = "data";
            public const int Hidden = 8;
            private static Func<int> _count = () => 5;
            public const bool UsesTanh = true;
            public static int Count { get; } = 3;
            public static int Twice(int x, int y = 2) { const int z = 2; return x * y * z; }
            public static int Thrice(int x) => 3 * x;
            public const double Rate = 1e-3;
        }
        public enum Width { Small = 8, Large = 64 }
        public class Other
        {
            private int _field = 1;
            public const int Classes = 3, Steps = 2;
            public class Inner { public int Value = 4; public const string Name = "skip"; public Inner() { Value = 5; } }
            public const int Sum = Classes + (int)Width.Small;
            public event EventHandler Changed { add { _field = 2; } remove { _field = 3; } }
            public int this[int i] { get => i + 1; set { _field = i; } }
            public static int operator +(Other a, int b) => b + 7;
            ~Other() { _field = 9; }
        }
        """;

    private const string Nets = """
        using Dsl;
        using TorchSharp;
        using static TorchSharp.torch;
        [Block, Linear(Arg.Channels)] public partial class Part;
        [Model(4), Linear(Config.Hidden), ReLU, Tag(Other.Inner.Name), Linear((int)Width.Large), ReLU, Linear(Other.Classes)] public partial class Net;
        [Model(4), Use<Part>(Channels = (int)Width.Small), ReLU, Linear(Other.Sum)] public partial class Wide;
        [Trainer<Net>, CrossEntropy, Adam(Config.Rate), Steps(Other.Steps)] public partial class NetTrainer;
        [Model(4)]
        public partial class Written
        {
            [Linear(Config.Hidden)] private partial Tensor Body(Tensor x);
            [Linear(3)] private partial Tensor Head(Tensor x);
            public Tensor Forward(Tensor x)
            {
                x = Body(x);
                for (int i = 0; i < (int)Width.Small / 4; i++) x = Config.UsesTanh ? x.tanh() : x * Other.Steps;
                return Head(x);
            }
        }
        """;

    private static readonly string[] Numbers = ["1", "2", "3", "5", "16", "-1", "0", "128", "1e-2", "int.MaxValue",
        "Other.Steps", "(int)Width.Large", "Config.Hidden", "x", "true", "\"a\"", "8 // eight\n"];

    [Theory]
    [InlineData("Hidden = 8", "Hidden = 16")]
    [InlineData("Hidden = 8", "Hidden = -1")]
    [InlineData("Large = 64", "Large = 128")]
    [InlineData("UsesTanh = true", "UsesTanh = false")]
    [InlineData("Classes = 3, Steps = 2", "Classes = 3, Steps = 4")]
    [InlineData("Name = \"skip\"", "Name = \"other\"")]
    [InlineData("Rate = 1e-3", "Rate = 2e-3")]
    public void A_constant_below_a_field_is_seen(string before, string after)
    {
        var compilation = Declared.Compile(Config, Nets);
        var driver = FuzzProject.Plain.Driver([]).RunGenerators(compilation);
        var old = FuzzBatch.Text(driver);
        var edited = compilation.ReplaceSyntaxTree(
            compilation.SyntaxTrees[0], Declared.Tree(Config.Replace(before, after, StringComparison.Ordinal), "/0/File0.cs"));
        var kept = FuzzBatch.Text(driver.RunGenerators(edited));
        Assert.NotEqual(old, kept);
        Assert.Equal(FuzzBatch.Text(FuzzProject.Plain.Driver([]).RunGenerators(edited)), kept);
    }

    [Theory]
    [InlineData("const int z = 2;", "const int z = 3;")]
    [InlineData("3 * x", "4 * x")]
    [InlineData("Value = 5;", "Value = 6; /* more */")]
    [InlineData("add { _field = 2; }", "add { }")]
    [InlineData("get => i + 1", "get => i + 2")]
    [InlineData("public enum", "// A comment.\npublic enum")]
    public void The_inside_of_a_method_is_not_read(string before, string after) =>
        Assert.True(Outline(Config, Config.Replace(before, after, StringComparison.Ordinal)));

    [Theory]
    [InlineData("y = 2", "y = 3")]
    [InlineData("Hidden = 8", "Hidden = 9")]
    [InlineData("Twice", "Double")]
    [InlineData("class Inner", "struct Inner")]
    [InlineData("using System;", "using System; using Model = System.Int32;")]
    [InlineData("public enum", "[Serializable] public enum")]
    public void Everything_else_is(string before, string after) =>
        Assert.False(Outline(Config, Config.Replace(before, after, StringComparison.Ordinal)));

    [Fact]
    public void After_any_edits_the_kept_driver_gives_what_a_fresh_one_gives()
    {
        output.WriteLine($"seed {Seed}");
        int changes = 0;
        for (int run = 0; run < Runs; run++)
        {
            var random = new Random(Seed + run);
            var compilation = Declared.Compile(Config, Nets, Corpus.Units[random.Next(Corpus.Units.Count)]);
            var driver = FuzzProject.Plain.Driver([]);
            IReadOnlyList<string> last = [];
            for (int edit = 0; edit < Edits; edit++)
            {
                driver = driver.RunGenerators(compilation);
                var kept = FuzzBatch.Text(driver);
                var fresh = FuzzBatch.Text(FuzzProject.Plain.Driver([]).RunGenerators(compilation));
                Assert.True(
                    fresh.SequenceEqual(kept),
                    $"seed {Seed + run}, edit {edit}: "
                    + string.Join("\n", kept.Except(fresh).Concat(fresh.Except(kept)).Take(4))
                    + $"\n{compilation.SyntaxTrees[0]}");
                if (!kept.SequenceEqual(last)) changes++;
                last = kept;
                compilation = Edit(compilation, random);
            }
        }

        output.WriteLine($"{changes} of {Runs * Edits} states differ from the one before");
        Assert.InRange(changes, Runs * Edits / 20, Runs * Edits * 19 / 20);
    }

    /// <summary>One edit as an editor makes it: the parser takes over what has not changed.</summary>
    private static CSharpCompilation Edit(CSharpCompilation compilation, Random random)
    {
        var tree = compilation.SyntaxTrees[random.Next(4) switch { 0 => 1, 1 => 2, _ => 0 }];
        string original = tree.FilePath.EndsWith("0.cs", StringComparison.Ordinal) ? Config
            : tree.FilePath.EndsWith("1.cs", StringComparison.Ordinal) ? Nets : tree.ToString();
        string text = tree.ToString();
        string changed = random.Next(10) switch
        {
            // Back to what compiles, or the first brace that is missing would be the end of all change.
            0 or 1 => original,
            2 => TextMutations.All[random.Next(TextMutations.All.Length)].Apply(text, random),
            3 => TokenMutations.All[random.Next(TokenMutations.All.Length)].Apply(text, random),
            4 => DeclarationMutations.All[random.Next(DeclarationMutations.All.Length)].Apply(text, random),
            5 => Replace<StatementSyntax>(tree, random, statement => random.Next(2) == 0 ? ";" : $"{statement} {statement}"),
            _ => Replace<LiteralExpressionSyntax>(tree, random, _ => Numbers[random.Next(Numbers.Length)]),
        };
        var now = random.Next(2) == 0 ? Declared.Tree(changed, tree.FilePath)
            : tree.WithChangedText(SourceText.From(changed, System.Text.Encoding.UTF8));
        return compilation.ReplaceSyntaxTree(tree, now);
    }

    private static string Replace<T>(SyntaxTree tree, Random random, Func<T, string> by)
        where T : SyntaxNode
    {
        string text = tree.ToString();
        var nodes = tree.GetRoot().DescendantNodes().OfType<T>().ToList();
        if (nodes.Count == 0) return text;
        var node = nodes[random.Next(nodes.Count)];
        return text[..node.SpanStart] + by(node) + text[node.Span.End..];
    }

    private static bool Outline(string before, string after)
    {
        Assert.NotEqual(before, after);
        return Generator.Reading.Outline.IsSame(Declared.Tree(before, "a.cs").GetRoot(), Declared.Tree(after, "a.cs").GetRoot());
    }
}
