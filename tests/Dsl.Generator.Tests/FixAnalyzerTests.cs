using System.Diagnostics;
using System.Text;
using Dsl.CodeFixes;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Reading;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>The analyzer in an editor: hidden, where the finding stands, side by side with itself.</summary>
public class FixAnalyzerTests(Xunit.Abstractions.ITestOutputHelper output)
{
    [Theory]
    [InlineData("[Model(4), Linear(2)] public class {|DSL109:Net|};")]
    [InlineData("[Model(4), Linear({|DSL109:0|})] public partial class Net;")]
    [InlineData("[Model(4), Linear(2), Linear({|DSL109:-2|}, Share = \"a\")] public partial class Net;")]
    [InlineData("[Augmentation] public partial class {|DSL109:Weak|};")]
    [InlineData("[Model(4), Linear(2)] public partial class Net;\n[Trainer<Net>, CrossEntropy, Adam, {|DSL109:Sgd(0.1)|}] public partial class T;")]
    [InlineData("[Block, ReLU] public class {|DSL109:Half|};")]
    public async Task Hidden_diagnostic_stands_where_the_finding_does(string markup)
    {
        var (source, expected) = Markup.Parse("using Dsl;\n" + markup);
        var hidden = await Fixes.Hidden(Fixes.Open(source));
        Assert.Equal(expected, hidden.Select(diagnostic => (diagnostic.Id, diagnostic.Location.SourceSpan)));
    }

    [Fact]
    public async Task Message_says_what_is_offered() => Assert.Equal("DSL503 can be put right: Remove [Step], Remove [Cosine]",
        Assert.Single(await Fixes.Hidden(Fixes.Open("""
            using Dsl;
            [Model(4), Linear(2)] public partial class Net;
            [Trainer<Net>, CrossEntropy, Adam, Cosine, Step(10)] public partial class T;
            """))).GetMessage(null));

    [Fact]
    public async Task No_fix_is_offered_for_a_text_that_has_changed_since()
    {
        var project = Fixes.Open("using Dsl;\n[Model(4), Linear(2)] public class Net;");
        var hidden = await Fixes.Hidden(project);
        var moved = project.Documents.Single().WithText(SourceText.From("// moved\nusing Dsl;\n[Model(4), Linear(2)] public class Net;")).Project;
        var actions = new List<CodeAction>();
        await new DeclarationFixProvider().RegisterCodeFixesAsync(new CodeFixContext(
            moved.Documents.Single(), hidden[0].Location.SourceSpan, hidden, (action, _) => actions.Add(action), CancellationToken.None));
        Assert.Empty(actions);
    }

    [Fact]
    public async Task Analyzer_and_generator_stop_at_no_declaration_that_is_half_typed()
    {
        string[] typed =
        [
            "[Model", "[Model(4), Linear(", "[Model(4), Linear(] class N;", "[Trainer<", "[Trainer<>, Adam] class T;", "[Model(4), Use<] class N;",
            "[Block, Add(] partial class B;", "[Augmentation, RandomShift(] class P", "[Model(4), Linear(2, Share = ]",
        ];
        foreach (string broken in typed)
            Assert.DoesNotContain(await Fixes.Hidden(Fixes.Open("using Dsl;\n" + broken)), diagnostic => diagnostic.Id != Catalogue.FixAvailable.Id);
    }

    [Fact]
    public void Checking_costs_less_than_compiling()
    {
        var layers = new StringBuilder();
        for (int i = 0; i < 25; i++) layers.Append(", Conv2d(8, 3, Padding = 1, Bias = false), ReLU");
        var compilation = Declared.Compile($"using Dsl;\n[Model(3, 32, 32){layers}] public partial class Net;");
        var declaration = DeclarationReader.ReadModel(compilation.GetTypeByMetadataName("Net")!, compilation, CancellationToken.None)!.Declaration;
        var options = new CompilerOptions(Backward.Explicit);
        var checking = Best(() => Assert.Empty(Compiler.Check(declaration, options)));
        var compiling = Best(() => Assert.NotNull(Compiler.Compile(declaration, options).Source));
        output.WriteLine($"50 layers: {checking.TotalMilliseconds:F2} ms to check, {compiling.TotalMilliseconds:F2} ms to compile");
        Assert.True(checking < compiling, $"{checking.TotalMilliseconds:F2} ms to check, {compiling.TotalMilliseconds:F2} ms to compile");
    }

    // The fastest of many runs: what the machine does beside it only adds.
    private static TimeSpan Best(Action run)
    {
        var best = TimeSpan.MaxValue;
        for (int i = 0; i < 50; i++)
        {
            var clock = Stopwatch.StartNew();
            run();
            if (clock.Elapsed < best) best = clock.Elapsed;
        }

        return best;
    }
}
