using Microsoft.CodeAnalysis;
using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>What can be wrong with a model that is written as methods, at the very place that is wrong.</summary>
public class MethodDiagnosticTests
{
    // Layers that the bodies call: [N, 4] to [N, 4], to [N, 6], and to [N, 4, 1].
    private const string Layers = """
        [Linear(4)] private partial Tensor Same(Tensor x);
        [Linear(6)] private partial Tensor Wider(Tensor x);
        [Reshape(-1, 1)] private partial Tensor Column(Tensor x);
        """;

    [Theory]
    [InlineData("return {|DSL232:Same(x) + Wider(x)|} + Column(x);")]
    [InlineData("return {|DSL232:Same(x) * Wider(x)|};")]
    [InlineData("var a = Wider(x); a -= Same(x) * 2; return a;", "a -= Same(x) * 2")]
    [InlineData("return {|DSL232:Same(x).softmax(2)|};")]
    [InlineData("return {|DSL232:Same(x).sum(-3)|};")]
    [InlineData("return {|DSL232:Same(x).mean(new long[] { 1, -1 })|};")]
    [InlineData("return {|DSL232:Same(x).reshape(-1, 3, 2)|};")]
    [InlineData("return {|DSL232:Same(x).view(x.size(0), 5)|};")]
    [InlineData("return {|DSL232:Same(x).reshape(-1, -1)|};")]
    [InlineData("return {|DSL232:Same(x).reshape(0, 4)|};")]
    [InlineData("return {|DSL232:Same(x).permute(0, 2)|};")]
    [InlineData("return {|DSL232:Same(x).permute(0, 1, 1)|};")]
    [InlineData("return {|DSL232:Same(x).transpose(1, 2)|};")]
    [InlineData("return {|DSL232:Same(x).unsqueeze(4)|};")]
    [InlineData("return {|DSL232:Column(x).bmm(Column(x))|};")]
    [InlineData("return {|DSL232:Column(x).flatten(2, 3)|};")]
    [InlineData("return {|DSL232:torch.cat(new[] { Same(x), Column(x) }, 1)|};")]
    [InlineData("return {|DSL232:torch.stack(new[] { Same(x), Wider(x) }, 1)|};")]
    [InlineData("for (int i = 0; i < 3; i++) x = {|DSL232:x + Wider(x)|}; return x;")]
    [InlineData("return {|DSL238:Wider(Wider(x))|};")]
    [InlineData("var a = Column(x); return a + {|DSL238:Column(Wider(x))|};")]
    public async Task Values_that_do_not_fit(string body, string? marked = null)
    {
        if (marked is not null) body = body.Replace(marked, $"{{|DSL232:{marked}|}}", StringComparison.Ordinal);
        await Check(body);
    }

    [Theory]
    [InlineData("{|DSL231:while (true) { }|} return x;")]
    [InlineData("return {|DSL231:Same(x).max()|};")]
    [InlineData("{|DSL231:foreach (var i in new[] { 1 }) x = Same(x);|} return x;")]
    [InlineData("for (int i = 0; i < {|DSL231:Times|}; i++) x = Same(x); return x;")]
    [InlineData("if ({|DSL231:x.size(0) > 3|}) x = Same(x); return x;")]
    [InlineData("{|DSL231:x.relu_()|}; return Same(x);")]
    [InlineData("{|DSL231:using var scope = NewDisposeScope();|} return Same(x);")]
    [InlineData("return {|DSL231:Same(x).mean()|};")]
    [InlineData("return Same(x).sum({|DSL231:0|});")]
    [InlineData("return {|DSL231:Same(x) > 3|};")]
    [InlineData("return {|DSL231:Same(x).matmul(x)|};")]
    [InlineData("return {|DSL231:Other(Same(x))|};")]
    [InlineData("{|DSL231:for (long i = 0; ; i++) { }|} return Same(x);")]
    [InlineData("int i = 2000000000; x = Same(x) * ({|DSL231:i + i|}); return x;")]
    [InlineData("return {|DSL231:Same(x).reshape(2, 2)|};")]
    [InlineData("return {|DSL231:Same(x).transpose(0, 1)|};")]
    [InlineData("var f = {|DSL231:() => x|}; return Same(f());")]
    public async Task What_is_not_analysed_is_said_once_and_for_information(string body)
    {
        Assert.Equal(DiagnosticSeverity.Info, Diagnostics.Catalogue.ById["DSL231"].DefaultSeverity);
        await Verify.Diagnostics(Markup(body, stated: true));
    }

    [Theory]
    [InlineData("[Linear(4)] private Tensor {|DSL233:Bad|}(Tensor x) => x;")]
    [InlineData("[Linear(4)] private static partial Tensor {|DSL233:Bad|}(Tensor x);")]
    [InlineData("[Linear(4)] private partial float {|DSL233:Bad|}(Tensor x);")]
    [InlineData("[Linear(4)] private partial Tensor {|DSL233:Bad|}(Tensor x, int y);")]
    [InlineData("[Linear(4)] private partial Tensor {|DSL233:Bad|}();")]
    [InlineData("[Linear(4)] private partial Tensor {|DSL233:Bad|}<T>(Tensor x);")]
    [InlineData("[Linear(4)] private partial Tensor {|DSL233:parameters|}(Tensor x);", "parameters(x)")]
    [InlineData("[Linear(4)] private partial Tensor {|DSL233:same|}(Tensor x);", "same(x)")]
    [InlineData("[Linear(4), Output(\"Y\")] private partial Tensor {|DSL233:Named|}(Tensor x);", "Named(x)")]
    [InlineData("[Linear(4)] private partial Tensor {|DSL234:Forgotten|}(Tensor x);")]
    [InlineData("[Linear(4)] private partial Tensor Stated([Shape({|DSL105:0|})] Tensor x);", "Stated(x)")]
    [InlineData("[Linear(4)] private partial Tensor Stated([Shape(5)] Tensor x);", "Stated({|DSL232:x|})")]
    [InlineData("[{|DSL301:Conv2d(4, 3)|}] private partial Tensor Conv(Tensor x);", "Conv(x)")]
    public Task Methods_that_cannot_carry_layers(string method, string call = "x") =>
        Verify.Diagnostics(Markup($"return Same({call}) + Column(x).squeeze(2) + Wider(x).sum(1, true);", method));

    [Theory]
    [InlineData("public partial class {|DSL235:Net|} { [Linear(4)] private partial Tensor A(Tensor x); }")]
    [InlineData(
        "[{|DSL235:ReLU|}] public partial class Net { [Linear(4)] private partial Tensor A(Tensor x); public Tensor "
        + "Forward(Tensor x) => A(x); }")]
    [InlineData(
        "public partial class Net { [Linear(4)] private partial Tensor A(Tensor x); public Tensor {|DSL235:Forward|}(Tensor "
        + "x, Tensor y) => A(x); }")]
    [InlineData("public partial class Net { [Linear(4)] private partial Tensor A(Tensor x); "
        + "public float {|DSL235:Forward|}(Tensor x) { A(x); return 0; } }")]
    [InlineData("public partial class Net { [Linear(4)] private partial Tensor A(Tensor x); "
        + "public (Tensor, Tensor) {|DSL235:Forward|}(Tensor x) => (A(x), x); }")]
    [InlineData("public partial class Net { [Linear(4)] private partial Tensor {|DSL234:A|}(Tensor x); "
        + "public static Tensor {|DSL235:Forward|}(Tensor x) => x; }")]
    public Task Forward_that_cannot_be_used(string type) => Verify.Diagnostics(MethodSamples.Header + "[Model(4)] " + type);

    [Fact]
    public Task Statistics_that_nothing_reads() => Verify.Diagnostics(MethodSamples.Header + """
        [Model(4)]
        public partial class Net
        {
            [BatchNorm1d] private partial Tensor Norm(Tensor x);
            public Tensor {|DSL232:Forward|}(Tensor x) { var a = Norm(x); return x; }
        }
        """);

    [Theory]
    [InlineData("[Model(4, {|DSL232:OutputShape = new[] { 3 }|}), Linear(2)] public partial class Net;")]
    [InlineData("[Model(4, {|DSL105:OutputShape = new[] { 0 }|}), Linear(2)] public partial class Net;")]
    public Task Stated_output(string declaration) => Verify.Diagnostics(MethodSamples.Header + declaration);

    [Fact]
    public Task Shapes_must_be_stated_where_they_are_not_inferred() => Verify.Diagnostics(MethodSamples.Header + """
        [Model(4)]
        public partial class Net
        {
            [Linear(4)] private partial Tensor {|DSL236:A|}(Tensor x);
            public Tensor Forward(Tensor x) => {|DSL231:A(x).max()|};
        }
        """);

    [Theory]
    [InlineData("[{|DSL237:Trainer<Net>|}, CrossEntropy, Adam, Steps(1)]", "")]
    [InlineData(
        "[Trainer<Net>({|DSL239:Backward = Backward.Explicit|}), CrossEntropy, Adam, Steps(1)]", ", OutputShape = new[] { 4 }")]
    [InlineData("[Trainer<Net>, CrossEntropy, Adam, Steps(1)]", ", OutputShape = new[] { 4 }")]
    public Task Trainers_of_a_model_that_is_not_analysed(string trainer, string output) => Verify.Diagnostics(
        MethodSamples.Header + $$"""
        [Model(4{{output}})]
        public partial class Net
        {
            [Linear(4)] private partial Tensor A([Shape(4)] Tensor x);
            public Tensor Forward(Tensor x) => {|DSL231:A(x).cos()|};
        }

        {{trainer}}
        public partial class NetTrainer;
        """);

    [Fact]
    public void A_trainer_of_a_method_model_in_another_assembly()
    {
        Declared.Driver().RunGeneratorsAndUpdateCompilation(Declared.Compile(MethodSamples.TwoPath), out var library, out _);
        using var image = new MemoryStream();
        Assert.True(library.Emit(image).Success);
        var program = Declared.Compile(
            "using Dsl; [Trainer<Demo.TwoPath>, CrossEntropy, Adam, Epochs(1)] public partial class Elsewhere;")
            .AddReferences(MetadataReference.CreateFromImage(image.ToArray()));
        Assert.Equal("DSL239", Assert.Single(Declared.Driver().RunGenerators(program).GetRunResult().Diagnostics).Id);
    }

    [Fact]
    public Task Message_of_operands_that_do_not_fit() => Verify.Message(
        Markup("return {|DSL232:Same(x) + Wider(x)|} + Column(x);"),
        "add: [N, 4] from Same and [N, 6] from Wider do not go together: dimension -1 is 4 and 6, and neither is 1");

    [Fact]
    public Task Message_of_what_is_not_analysed() => Verify.Message(
        Markup("return {|DSL231:Other( Same(x) )|};", stated: true),
        "The compiler does not analyse 'Other(Same(x))': shape checks and the explicit backward pass are off for 'Net', "
        + "and it is trained through autograd");

    private static Task Check(string body) => Verify.Diagnostics(Markup(body));

    private static string Markup(string body, string more = "", bool stated = false)
    {
        // Every layer is named, so that only the place in question is reported.
        string layers = stated ? Layers.Replace("Tensor x", "[Shape(4)] Tensor x", StringComparison.Ordinal) : Layers;
        return MethodSamples.Header + $$"""
            [Model(4)]
            public partial class Net
            {
                private const bool Never = false;
                public int Times { get; set; }
                private static Tensor Other(Tensor x) => x;
            {{layers}}
            {{more}}

                public Tensor Forward(Tensor x)
                {
                    if (Never) x = Same(x) + Wider(x) + Column(x);
                    {{body}}
                }
            }
            """;
    }
}
