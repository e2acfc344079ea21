using System.Collections.Immutable;
using Dsl.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>A wrong declaration still has its members, so that what uses the class has no errors of its own.</summary>
public class SkeletonTests
{
    public static TheoryData<string> Wrong => 
    [
        .. Catalogue.ById.Values.Where(descriptor => descriptor.DefaultSeverity == DiagnosticSeverity.Error)
            .Select(descriptor => descriptor.Id).Where(id => !PageTests.Unreachable.ContainsKey(id))
                .Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_program_that_uses_what_is_wrong_has_no_other_errors(string id)
    {
        // Of a constructor that goes past the generated ones C# says itself that the base class has no such one.
        if (Pages.IsUnknownName(id) || id == "DSL123") return;
        string example = Assert.Single(Pages.Examples($"diagnostics/{id}.md", "Wrong"));
        OnlyOurs(example, PageTests.Options(id));
    }

    public static TheoryData<string, string> Mistakes => new()
    {
        { "[Model(4), Linear(3)]", "CrossEntropy, Adam(-1), Epochs(2)" },
        { "[Model(4), Linear(3)]", "CrossEntropy, Adam(1e-3), Epochs(0), BatchSize(-4)" },
        { "[Model(4), Linear(3)]", "CrossEntropy(LabelSmoothing = 7), MeanTeacher(Ema = 1.5, RampUpSteps = -3), Adam" },
        { "[Model(4), Linear(3)]", "CrossEntropy, Adam, Sgd(0.1), Cosine, Constant, Epochs(2), Steps(3)" },
        { "[Model(4), Linear(3)]", "CrossEntropy, Epochs(2)" },
        { "[Model(4), Linear(3)]", "Adam, Epochs(2)" },
        { "[Model(4), Linear(3)]", "Epochs(0)" },
        { "[Model(4), Linear(3)]", "" },
        { "[Model(4), Linear(3)]", "CrossEntropy(Of = \"none\"), Adam, Epochs(2)" },
        { "[Model(4), Linear(0)]", "CrossEntropy, Adam, Epochs(2)" },
        { "[Model(0)]", "CrossEntropy, Adam, Epochs(2)" },
        { "[Model(4), Flatten, Conv2d(8, 3), Linear(3)]", "CrossEntropy, Adam, Epochs(2)" },
        { "[Model(3, 32, 32), Conv2d(16, 3), ReLU, Linear(64), ReLU, Linear(10)]", "CrossEntropy, Adam, Epochs(2)" },
        { "[Model(4), Linear(8), Add(\"none\"), Linear(-3), Output(\"A\"), Linear(3), Output(\"B\")]",
            "CrossEntropy, Adam, Epochs(2)" },
        { "[Model(4), Use<Bad>, Linear(3)]", "CrossEntropy, Adam, Epochs(2)" },
        { "[Model(4), Input(\"class\", 3), Linear(3)]", "CrossEntropy, Adam, Epochs(2)" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Several_mistakes_are_no_more_errors_than_they_are(string model, string recipe)
    {
        string declarations = $$"""
            using Dsl;
            [Block, Dropout(7)] public partial class Bad;
            {{model}} public partial class Net;
            [Trainer<Net>{{(recipe.Length > 0 ? ", " + recipe : "")}}] public partial class NetTrainer;
            """;
        OnlyOurs(declarations);
        OnlyOurs(declarations, ("build_property.DslBackward", "autograd"));
    }

    [Fact]
    public void Streams_checkpoints_and_further_teachers_can_be_given()
    {
        const string user = """
            using Dsl.Runtime;
            internal static class User
            {
                internal static void Use(InMemoryData data)
                {
                    using var a = new A(new Net());
                    a.Fit(data, data);
                    a.Fit(data, data, progress: null);
                    a.MeanTeacherEma = 0.9;
                    using var b = new B(new Net());
                    b.Fit(data, validation: data, checkpointPath: "file");
                    using var c = new C(new Net(), new Net());
                    c.DistillTemperature = 3;
                    c.Fit(data);
                    using var batch = new C.Batch(null!, null!);
                    TorchSharp.torch.Tensor loss = c.Step(batch, C.SampleDraws(batch)).Distill;
                }
            }
            """;
        OnlyOurs("""
            using Dsl;
            [Model(4), Linear(3)] public partial class Net;
            [Trainer<Net>, CrossEntropy, MeanTeacher(Ema = 1.5), Adam, Epochs(2)] public partial class A;
            [Trainer<Net>, CrossEntropy, EarlyStopping(0), Checkpoint, Adam, Sgd(0.1), Epochs(2)] public partial class B;
            [Trainer<Net>, CrossEntropy, Distill<Net>(Temperature = -1), Adam, Epochs(2)] public partial class C;
            """, user);
    }

    [Fact]
    public void Names_that_mean_something_else_where_the_class_stands_do_no_harm() => OnlyOurs("""
        using Dsl;
        namespace Demo
        {
            public class Tensor; public class Device; public class Generator; public class IDisposable; public class nn;
            [Model(4), Linear(3)] public partial class Net;
            [Trainer<Net>, CrossEntropy, Adam, Epochs(2)] public partial class NetTrainer;
        }
        """, Using("using var net = new Demo.Net(); using var t = new Demo.NetTrainer(net);"));

    [Fact]
    public void A_keyword_is_written_with_its_sign() => OnlyOurs("""
        using Dsl;
        namespace Demo.@event
        {
            [Model(4), Linear(3)] public partial class @class;
            [Trainer<@class>, CrossEntropy, Adam, Epochs(2)] public partial class @record;
        }
        """, Using("using var n = new Demo.@event.@class(); new Demo.@event.@record(n).Dispose();"));

    [Fact]
    public void Methods_with_layers_have_bodies_however_they_are_wrong() => OnlyOurs("""
        using Dsl;
        using static TorchSharp.torch;
        [Model(4)]
        public partial class Net
        {
            [Linear(3)] private partial Tensor a(Tensor x, int y);
            [Linear(3)] private static partial Tensor b(Tensor x);
            [Linear(3)] internal partial Tensor c<T>(ref Tensor @in, params int[] rest) where T : class;
            [Linear(-3)] private partial (Tensor A, Tensor? B) d(out Tensor x);
            [Linear(3)] private partial Tensor e(Tensor @class);
            public Tensor Forward(Tensor x) => e(x);
        }
        [Trainer<Net>, CrossEntropy, Adam, Epochs(2)] public partial class NetTrainer;
        """, Using("using var net = new Net(); using var t = new NetTrainer(net);"));

    [Theory]
    [InlineData("[Dsl.Model(4), Dsl.Linear(0)] public class Net;")]
    [InlineData("[Dsl.Model(4), Dsl.Linear(0)] public partial class Net<T>;")]
    [InlineData("internal partial class Outer { [Dsl.Model(4), Dsl.Linear(0)] public partial class Net; }")]
    [InlineData("[Dsl.Model(4), Dsl.Linear(0)] public static partial class Net;")]
    public void A_class_that_can_have_no_second_part_gets_none(string declaration) =>
        Assert.Empty(Declared.Generate(declaration));

    [Theory]
    [InlineData("[Model(4), Linear(3)]", "Dispose")]
    [InlineData("[Model(4), Linear(3)]", "forward")]
    [InlineData("[Model(4), Linear(3)]", "Forward")]
    [InlineData("[Model(4), Linear(3)]", "Backward")]
    [InlineData("[Model(4), Linear(3)]", "Arena")]
    [InlineData("[Model(4), Linear(3)]", "Tape")]
    [InlineData("[Trainer<Net>, CrossEntropy, Adam, Epochs(2)]", "Dispose")]
    [InlineData("[Trainer<Net>, CrossEntropy, Adam, Epochs(2)]", "Batch")]
    [InlineData("[Trainer<Net>, CrossEntropy, Adam, Epochs(2)]", "Losses")]
    [InlineData("[Trainer<Net>, CrossEntropy, Adam, Epochs(2)]", "Step")]
    public void A_class_may_be_named_as_a_member(string declaration, string name) => OnlyOurs(
        $"using Dsl; [Model(4), Linear(3)] public partial class Net; {declaration} public partial class {name};",
        Using($"new {name}({(declaration.Contains("Trainer", StringComparison.Ordinal) ? "new Net()" : "")});"));

    // A value of an enum is written with its namespace.
    [Fact]
    public void A_namespace_may_be_called_as_what_is_imported()
    {
        var (reported, _) = Run("""
            using Dsl;
            namespace N.Tensor;
            [Model<Iris>, Linear(64), ReLU, Linear] public partial class IrisMlp;
            [Table] public partial record Iris(float Length, [Label] Species? Species = null);
            public enum Species { Setosa, Versicolor }
            """, "");
        Assert.Contains(reported, found => found.Id == "DSL203");
        Assert.DoesNotContain(reported, found => found.Id == "DSL901");
    }

    [Fact]
    public void What_is_there_throws()
    {
        string file = Assert.Single(Declared.Generate("[Dsl.Model(4), Dsl.Linear(0)] public partial class Net;")).Value;
        Assert.Contains(
            "throw new global::System.InvalidOperationException(\"The declaration of Net", file, StringComparison.Ordinal);
        Assert.DoesNotContain("private", file, StringComparison.Ordinal);
    }

    private static string Using(string statements) =>
        $"internal static class User {{ internal static void Use() {{ {statements} }} }}";

    private static void OnlyOurs(string declarations, params (string Key, string Value)[] options) =>
        OnlyOurs(declarations, Users.Of(declarations), options);

    private static void OnlyOurs(string declarations, string user, params (string Key, string Value)[] options)
    {
        var (reported, output) = Run(declarations, user, options);
        Assert.Contains(reported, found => found.Severity == DiagnosticSeverity.Error);
        Assert.DoesNotContain(reported, found => found.Id == "DSL901");
        var errors = output.GetDiagnostics().Where(found => found.Severity == DiagnosticSeverity.Error).ToList();
        Assert.True(errors.Count == 0, $"{string.Join("\n", errors)}\n{user}");
    }

    private static (ImmutableArray<Diagnostic> Reported, Compilation Output) Run(
        string declarations, string user, params (string Key, string Value)[] options)
    {
        Declared.Driver(options).RunGeneratorsAndUpdateCompilation(Declared.Compile(declarations, user), out var output,
            out var reported);
        return (reported, output);
    }
}
