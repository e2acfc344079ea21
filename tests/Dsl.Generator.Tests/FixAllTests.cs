using System.Collections.Immutable;
using Dsl.CodeFixes;
using Dsl.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>All fixes of a kind at once.</summary>
public class FixAllTests
{
    [Fact]
    public async Task Every_value_in_a_document_becomes_legal() => Assert.Equal(
        """
        using Dsl;
        [Model(1, 8, 8)]
        [Conv2d(1, 3), Conv2d(1, 3, Stride = 0)] // one finding at a time
        public partial class First;
        [Model(4), Linear(1)] public partial class Second;
        [Trainer<Second>, CrossEntropy, Sgd(0.1, Momentum = 0), MeanTeacher(Ema = 0.999)] public partial class T;
        """,
        await All(FixAllScope.Document, "DSL105", """
        using Dsl;
        [Model(1, 8, 8)]
        [Conv2d(0, 3), Conv2d(1, 3, Stride = 0)] // one finding at a time
        public partial class First;
        [Model(4), Linear(0)] public partial class Second;
        [Trainer<Second>, CrossEntropy, Sgd(0.1, Momentum = -1), MeanTeacher(Ema = 1)] public partial class T;
        """));

    [Fact]
    public async Task Every_bias_goes() => Assert.Equal(
        """
        using Dsl;
        [Block, Conv2d(Arg.Channels, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU] public partial class B;
        [Model(1, 8, 8)]
        [Conv2d(2, 3, Bias = false), BatchNorm2d, Conv2d(2, 3, Bias = false), BatchNorm2d] // twice
        [Use<B>(Channels = 3, Times = 2), Use<B>(Channels = 4)]
        public partial class Net;
        """,
        await All(FixAllScope.Document, "DSL609", """
        using Dsl;
        [Block, Conv2d(Arg.Channels, 3, Padding = 1), BatchNorm2d, ReLU] public partial class B;
        [Model(1, 8, 8)]
        [Conv2d(2, 3), BatchNorm2d, Conv2d(2, 3), BatchNorm2d] // twice
        [Use<B>(Channels = 3, Times = 2), Use<B>(Channels = 4)]
        public partial class Net;
        """));

    [Fact]
    public async Task Every_class_of_a_project_becomes_partial()
    {
        var project = await Apply(FixAllScope.Project, "DSL101", Fixes.Open(
            "using Dsl;\n[Model(4), Linear(2)] class A;\n[Model(4), Linear(2)] sealed class B;", "using Dsl;\n[Model(4), Linear(2)] class C;"));
        Assert.Equal("using Dsl;\n[Model(4), Linear(2)] partial class A;\n[Model(4), Linear(2)] sealed partial class B;", await Fixes.Text(project));
        Assert.Equal("using Dsl;\n[Model(4), Linear(2)] partial class C;", await Fixes.Text(project, 1));
        Assert.Empty(await Fixes.Hidden(project));
    }

    private static async Task<string> All(FixAllScope scope, string id, string source) => await Fixes.Text(await Apply(scope, id, Fixes.Open(source)));

    private static async Task<Project> Apply(FixAllScope scope, string id, Project project)
    {
        var hidden = (await Fixes.Hidden(project)).Where(diagnostic => diagnostic.Properties["Id"] == id).ToList();
        string key = (await Fixes.Actions(project, [hidden[0]]))[0].EquivalenceKey!;
        var provider = new DeclarationFixProvider();
        var context = new FixAllContext(project.Documents.First(), provider, scope, key, [Catalogue.FixAvailable.Id], new Analyzer(), CancellationToken.None);
        var action = await provider.GetFixAllProvider().GetFixAsync(context);
        return await Fixes.Apply(project, action!);
    }

    private sealed class Analyzer : FixAllContext.DiagnosticProvider
    {
        public override async Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            await Fixes.Hidden(project);

        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken)
        {
            var tree = await document.GetSyntaxTreeAsync(cancellationToken);
            return (await Fixes.Hidden(document.Project)).Where(diagnostic => diagnostic.Location.SourceTree == tree);
        }

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>([]);
    }
}
