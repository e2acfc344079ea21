using System.Collections.Immutable;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Emitting;
using Dsl.Generator.Reading;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>Whatever a declaration is called, the others of its project have their files.</summary>
public class HintNameTests
{
    private const string Other = """
        namespace Other
        {
            [Dsl.Model(4), Dsl.Linear(3)] public partial class Net2;
            [Dsl.Trainer<Net2>, Dsl.CrossEntropy, Dsl.Adam(1e-3), Dsl.Epochs(2)] public partial class Net2Trainer;
        }

        """;

    public static TheoryData<string> Namespaces => [
        "Shop.@event", "@base", "M.@lock", "A.record.@async", "@class.@struct.@namespace", "été.名前", "\\u0041bc.\\u00e9", "ʰ.Ⅷ",
        "a\u0300.b\u0903", "_.__", "a\u200db",
        new string('n', 700), "@global.@global", "@await.@yield", "A.@dynamic", "@int.@string"];

    [Theory]
    [MemberData(nameof(Namespaces))]
    public Task A_namespace_may_have_any_name(string name) => Verify.Compiles($$"""
        namespace {{name}}
        {
            [Dsl.Model(4), Dsl.Linear(3)] public partial class Net;
            [Dsl.Trainer<Net>, Dsl.CrossEntropy, Dsl.Adam(1e-3), Dsl.Epochs(2)] public partial class NetTrainer;

            [Dsl.Model(4)]
            public partial class Written
            {
                [Dsl.Linear(3)] private partial TorchSharp.torch.Tensor Head(TorchSharp.torch.Tensor x);

                /// <summary>The output.</summary>
                public TorchSharp.torch.Tensor Forward(TorchSharp.torch.Tensor x) => Head(x);
            }
        }

        {{Other}}
        """);

    [Theory]
    [InlineData("Conv2d(4, 3), LayerNorm, Flatten")]
    [InlineData("Conv2d(4, 3, Bias = false), GroupNorm(2), InstanceNorm2d, Flatten")]
    public Task A_namespace_may_be_called_as_results_are_that_nobody_takes(string layers) => Verify.Compiles($$"""
        using Dsl;
        namespace _
        {
            [Model(1, 8, 8), {{layers}}, Linear(3)] public partial class Net;
            [Trainer<Net>, CrossEntropy, Adam(1e-3), Epochs(2)] public partial class NetTrainer;
        }
        """);

    [Theory]
    [InlineData("@event")]
    [InlineData("@lock")]
    [InlineData("Ёлка")]
    [InlineData("名前")]
    [InlineData("ℵ0")]
    public void A_class_may_have_any_name(string name)
    {
        string source = $$"""
            {{Other}}
            namespace N
            {
                [Dsl.Model(4), Dsl.Linear(3)] public partial class {{name}};
                [Dsl.Trainer<Other.Net2>, Dsl.CrossEntropy, Dsl.Adam(1e-3), Dsl.Epochs(2)] public partial class {{name}}2;
            }
            namespace M
            {
                [Dsl.Model(4)]
                public partial class {{name}}
                {
                    [Dsl.Linear(3)] private partial TorchSharp.torch.Tensor Head(TorchSharp.torch.Tensor x);
                    public TorchSharp.torch.Tensor Forward(TorchSharp.torch.Tensor x) => Head(x);
                }
            }
            """;
        var result = Declared.Driver().RunGenerators(Declared.Compile(source)).GetRunResult().Results[0];
        Assert.Null(result.Exception);
        Assert.All(result.Diagnostics, found => Assert.Equal("DSL203", found.Id));
        Assert.Equal(5, Files(result).Length);
        Assert.Contains("Other.Net2Trainer.Trainer.g.cs", Files(result));
    }

    [Fact]
    public void Names_that_files_cannot_tell_apart_are_numbered()
    {
        string[] all = ["A.Net", "A.NET", "A.@net", new string('a', 500), new string('b', 50) + new string('a', 450)];
        var names = all.Select(name => HintNames.Of(name, "Model", all)).ToList();
        Assert.Equal(all.Length, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(names, name => Assert.InRange(name.Length, 1, 200));
        Assert.Equal("A.event.Net.Trainer.g.cs", HintNames.Of("A.@event.Net", "Trainer", ["A.@event.Net"]));
    }

    [Fact]
    public void What_cannot_be_read_costs_no_other()
    {
        var compilation = Declared.Compile(Other);
        var types = compilation.GetTypeByMetadataName("Other.Net2")!.ContainingNamespace.GetTypeMembers();
        List<Finding> unreadable = [];
        List<SiteLocation> places = [];
        var read = ProjectReader.Each(types, type => type.Name == "Net2"
            ? throw new InvalidOperationException("unreadable")
            : DeclarationReader.ReadTrainer(type, compilation, CancellationToken.None), unreadable, places);
        Assert.Single(read);
        var finding = Assert.Single(unreadable);
        Assert.Equal("DSL901", finding.Id);
        Assert.Equal(["Net2", "InvalidOperationException: unreadable"], finding.Arguments);
        var location = new SiteTable(places, compilation.SyntaxTrees).Find(finding.Site);
        Assert.Equal("Net2", Other.Substring(location.SourceSpan.Start, location.SourceSpan.Length));
    }

    private static ImmutableArray<string> Files(GeneratorRunResult result) =>
        [.. result.GeneratedSources.Select(file => file.HintName).Where(name => name != StartupEmitter.HintName)];
}
