using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>Every diagnostic, at the very place in the declaration that is wrong.</summary>
public class DiagnosticTests
{
    private const string Net = """

        [Model(1, 8, 8), Flatten, Linear(10)] public partial class Net;
        """;

    [Fact]
    public Task Model_that_is_not_partial() => Check("[Model(4), Linear(2)] public class {|DSL101:Net|};");

    [Fact]
    public Task Trainer_that_is_not_partial() => Check("[Trainer<Net>, CrossEntropy, Adam] public class {|DSL101:T|};" + Net);

    [Fact]
    public Task Nested_model() => Check("class Outer { [Model(4), Linear(2)] public partial class {|DSL102:Net|}; }");

    [Fact]
    public Task Generic_model() => Check("[Model(4), Linear(2)] public partial class {|DSL102:Net|}<T>;");

    [Theory]
    [InlineData("[Model(4), Linear(2)] public static partial class {|DSL102:Net|};")]
    [InlineData("[Model(4), Linear(2)] public partial record {|DSL102:Net|};")]
    [InlineData("[Model(4), Linear(2)] file partial class {|DSL102:Net|};")]
    public Task Class_that_no_second_part_can_extend(string declaration) => Check(declaration);

    [Fact]
    public Task Public_trainer_of_an_internal_model() => Check("""
        [Model(4), Linear(2)] partial class Inner;
        [Trainer<Inner>, CrossEntropy, Adam, Epochs(1)] public partial class {|DSL108:T|};
        """);

    [Fact]
    public Task Layers_on_several_parts() => Check("""
        [Model(4), Linear(2)] public partial class Net;
        [{|DSL103:ReLU|}] public partial class Net;
        """);

    [Fact]
    public Task Base_class() => Check("public class Base; [Model(4), Linear(2)] public partial class {|DSL104:Net|} : Base;");

    [Theory]
    [InlineData("[Model(4), Linear({|DSL105:0|})] public partial class Net;")]
    [InlineData("[Model({|DSL105:-4|}), Linear(2)] public partial class Net;")]
    [InlineData("[Model(1, 8, {|DSL105:0|}), Linear(2)] public partial class Net;")]
    [InlineData("[Model(4), Dropout({|DSL105:1|}), Linear(2)] public partial class Net;")]
    [InlineData("[Model(4), Linear(2), Dropout({|DSL105:probability: double.NaN|})] public partial class Net;")]
    [InlineData("[Model(1, 8, 8), Conv2d(8, 3, {|DSL105:Stride = 0|})] public partial class Net;")]
    [InlineData("[Model(4), Linear(2), BatchNorm1d({|DSL105:Epsilon = 0|})] public partial class Net;")]
    public Task Layer_argument_out_of_range(string declaration) => Check(declaration);

    [Theory]
    [InlineData("Distill({|DSL105:Temperature = 0|}), Adam")]
    [InlineData("CrossEntropy({|DSL105:Weight = -1|}), Adam")]
    [InlineData("CrossEntropy, Adam({|DSL105:0|})")]
    [InlineData("CrossEntropy, Adam({|DSL105:Beta1 = 1|})")]
    [InlineData("CrossEntropy, Sgd(0.1, {|DSL105:Momentum = 1.5|})")]
    [InlineData("CrossEntropy, MeanTeacher({|DSL105:Ema = 1|}), Adam")]
    [InlineData("CrossEntropy, Adam, ClipGradNorm({|DSL105:0|})")]
    [InlineData("CrossEntropy, Adam, Epochs({|DSL105:0|})")]
    public Task Recipe_argument_out_of_range(string recipe) => Check($"[Trainer<Net>, {recipe}] public partial class T;" + Net);

    [Fact]
    public Task Model_without_layers() => Check("[Model(4)] public partial class {|DSL106:Net|};");

    [Fact]
    public Task Policy_without_transformations() => Check("[Augmentation] public partial class {|DSL107:Weak|};");

    [Fact]
    public Task Trained_type_that_is_no_model() =>
        Check("[{|DSL201:Trainer<string>|}, CrossEntropy, Adam] public partial class T;");

    [Fact]
    public Task Policy_that_is_no_augmentation() =>
        Check("[Trainer<Net>, CrossEntropy, Adam, {|DSL202:Augment<string>|}] public partial class T;" + Net);

    [Theory]
    [InlineData("[Model(4), Linear(2)] public partial class {|DSL203:Arena|};")]
    [InlineData("[Trainer<Net>, CrossEntropy, Adam] public partial class {|DSL203:LearningRate|};" + Net)]
    [InlineData("[Model(4), Linear(2)] public partial class {|DSL203:@class|};")]
    [InlineData("[Model(4), Linear(2)] public partial class {|DSL203:nn|};")]
    [InlineData("[Model(4), Linear(2)] public partial class {|DSL203:Net|}; public class Tensor;")]
    [InlineData("[Model(4), Linear(2)] public partial class Net; public class Evaluation;")]
    [InlineData("[Model(4), Linear(2)] public partial class Evaluation;")]
    public Task Class_named_like_a_member(string declaration) => Check(declaration);

    [Fact]
    public Task Model_and_trainer_at_once() =>
        Check("[Model(4), Linear(2), Trainer<Net>, CrossEntropy, Adam] public partial class {|DSL102:{|DSL102:Both|}|};" + Net);

    [Theory]
    [InlineData("[Model(4), Linear(2)] public partial class Net; [{|CS0579:Model|}(4)] public partial class Net;")]
    [InlineData("[Model(4), Linear(2)] public partial class Net; [Trainer<Net>, CrossEntropy, Focal, UncertaintyWeighting, Adam] "
        + "public partial class T; [{|CS0579:UncertaintyWeighting|}] public partial class T;")]
    [InlineData("[Model(4, {|CS1503:2147483648|}), Linear(2)] public partial class Net; "
        + "[Trainer<Net>, CrossEntropy, Adam] public partial class T;")]
    [InlineData("[Model({|CS0020:1 / 0|}), Linear(2)] public partial class Net; "
        + "[Trainer<Net>, CrossEntropy, Adam] public partial class T;")]
    [InlineData("[{|CS0305:Trainer|}, CrossEntropy, Adam, {|CS0305:Augment|}] public partial class T;")]
    [InlineData("[Model(4), Linear(2), Tag(\"a\\nb\")] public partial class Net;")]
    public Task What_is_half_typed_is_not_reported_and_stops_nothing(string declaration) => Check(declaration);

    [Theory]
    [InlineData("[Model(null), {|DSL301:Linear(2)|}] public partial class Net;")]
    [InlineData("[Model(), {|DSL301:GroupNorm(2)|}] public partial class Net;")]
    public Task Input_without_dimensions(string declaration) => Check(declaration);

    [Fact]
    public Task Block_that_is_not_partial() => Check("[Block, ReLU] public class {|DSL101:Half|};");

    [Fact]
    public Task Used_type_that_is_no_block() => Check("[Model(4), {|DSL204:Use<string>|}, Linear(2)] public partial class Net;");

    [Fact]
    public Task Block_that_is_part_of_itself() => Check("""
        [Block, Use<Second>] public partial class First;
        [Block, {|DSL205:Use<First>|}] public partial class Second;
        [Model(4), Use<First>] public partial class Net;
        """);

    [Fact]
    public Task Block_parameter_without_a_value() => Check("""
        [Block, Conv2d(Arg.Channels, 3)] public partial class Half;
        [Model(1, 8, 8), {|DSL206:Use<Half>(Times = 2)|}] public partial class Net;
        """);

    [Fact]
    public Task Argument_that_the_block_does_not_use() => Check("""
        [Block, ReLU] public partial class Half;
        [Model(1, 8, 8), Use<Half>({|DSL207:Channels = 3|})] public partial class Net;
        """);

    [Fact]
    public Task Block_parameter_outside_of_a_block() =>
        Check("[Model(4), Linear({|DSL208:Arg.Features|})] public partial class Net;");

    [Fact]
    public Task Block_argument_out_of_range_is_reported_where_the_block_uses_it() => Check("""
        [Block, Conv2d({|DSL105:Arg.Channels|}, 3)] public partial class Half;
        [Model(1, 8, 8), Use<Half>(Channels = -3)] public partial class Net;
        """);

    [Fact]
    public Task Unknown_tag() => Check("[Model(4), Tag(\"one\"), Linear(4), Add({|DSL209:\"two\"|})] public partial class Net;");

    [Fact]
    public Task Tag_given_twice() =>
        Check("[Model(4), Tag(\"one\"), Linear(4), Tag({|DSL210:\"one\"|})] public partial class Net;");

    [Fact]
    public Task Residual_outside_of_a_block() => Check("[Model(4), Linear(4), {|DSL211:Residual|}] public partial class Net;");

    [Theory]
    [InlineData("[Model(4), Tag(\"a\"), Linear(5), Add({|DSL305:\"a\"|})] public partial class Net;")]
    [InlineData("[Model(4), Tag(\"a\"), Linear(5), Multiply({|DSL305:\"a\"|})] public partial class Net;")]
    [InlineData("[Model(), Tag(\"a\"), {|DSL301:Concat(\"a\")|}] public partial class Net;")]
    [InlineData("[Model(1, 8, 8), Tag(\"a\"), MaxPool2d(2), Concat({|DSL305:\"a\"|})] public partial class Net;")]
    [InlineData("[Block, Linear(5), {|DSL305:Residual|}] public partial class B; [Model(4), Use<B>] public partial class Net;")]
    public Task Shapes_that_do_not_combine(string declaration) => Check(declaration);

    [Theory]
    [InlineData("[Model(4), {|DSL301:Conv2d(8, 3)|}] public partial class Net;")]
    [InlineData("[Model(1, 8, 8), Flatten, {|DSL301:MaxPool2d(2)|}] public partial class Net;")]
    [InlineData("[Model(1, 8, 8), {|DSL301:BatchNorm1d|}] public partial class Net;")]
    [InlineData("[Model(8), {|DSL301:BatchNorm2d|}] public partial class Net;")]
    public Task Wrong_rank(string declaration) => Check(declaration);

    [Theory]
    [InlineData("[Model(1, 8, 8), Conv2d(4, {|DSL302:9|})] public partial class Net;")]
    [InlineData("[Model(1, 8, 8), Conv2d(4, {|DSL302:5|}, Dilation = 2)] public partial class Net;")]
    [InlineData("[Model(1, 8, 8), MaxPool2d(4), MaxPool2d({|DSL302:kernelSize: 3|})] public partial class Net;")]
    public Task Window_larger_than_the_input(string declaration) => Check(declaration);

    [Fact]
    public Task Message_spells_the_arithmetic_out() => Verify.Message(
        Using + "[Model(1, 8, 8), MaxPool2d(4), Conv2d(4, {|DSL302:5|}, Padding = 1)] public partial class Net;",
        "Conv2d(4, 5) gets [N, 1, 2, 2] from MaxPool2d(4), and a window of 5x5 does not fit into 4x4 (padding included)");

    [Fact]
    public Task Groups_that_do_not_divide() =>
        Check("[Model(4, 8, 8), Conv2d(6, 3, {|DSL303:Groups = 4|})] public partial class Net;");

    [Fact]
    public Task Padding_larger_than_half_the_window() =>
        Check("[Model(1, 8, 8), MaxPool2d(2, {|DSL304:Padding = 2|})] public partial class Net;");

    [Fact]
    public Task No_objective() => Check("[Trainer<Net>, Adam] public partial class {|DSL401:T|};" + Net);

    [Theory]
    [InlineData("{|DSL402:MeanTeacher|}, Adam")]
    [InlineData("Distill, {|DSL402:MeanTeacher|}, Adam")]
    public Task Scheme_without_a_labelled_objective(string recipe) =>
        Check($"[Trainer<Net>, {recipe}] public partial class T;" + Net);

    [Fact]
    public Task Output_that_is_not_logits() => Check("""
        [Model(8, 8), Linear(10)] public partial class Images;
        [Trainer<Images>, {|DSL404:CrossEntropy|}, Adam] public partial class T;
        """);

    [Fact]
    public Task Shift_of_what_is_no_image() => Check("""
        [Model(64), Linear(10)] public partial class Flat;
        [Augmentation, RandomShift(1)] public partial class Weak;
        [Trainer<Flat>, CrossEntropy, Adam, {|DSL405:Augment<Weak>|}] public partial class T;
        """);

    [Fact]
    public Task Nothing_to_minimise() =>
        Check("[Trainer<Net>, CrossEntropy({|DSL406:Weight = 0|}), Adam] public partial class T;" + Net);

    [Fact]
    public Task No_optimizer() => Check("[Trainer<Net>, CrossEntropy] public partial class {|DSL501:T|};" + Net);

    [Fact]
    public Task Two_optimizers() =>
        Check("[Trainer<Net>, CrossEntropy, Adam, {|DSL502:Sgd(0.1)|}] public partial class T;" + Net);

    [Fact]
    public Task Two_schedules() =>
        Check("[Trainer<Net>, CrossEntropy, Adam, Cosine, {|DSL503:Step(10)|}] public partial class T;" + Net);

    [Theory]
    [InlineData("Epochs(3), {|DSL504:Steps(100)|}")]
    [InlineData("Cosine(WarmupEpochs = 1, {|DSL504:WarmupSteps = 10|})")]
    [InlineData("MeanTeacher(RampUpEpochs = 1, {|DSL504:RampUpSteps = 10|})")]
    public Task One_duration_in_two_units(string recipe) =>
        Check($"[Trainer<Net>, CrossEntropy, Adam, {recipe}] public partial class T;" + Net);

    [Fact]
    public Task Nesterov_without_momentum() =>
        Check("[Trainer<Net>, CrossEntropy, Sgd(0.1, {|DSL505:Nesterov = true|})] public partial class T;" + Net);

    [Theory]
    [InlineData("Epochs(3), Cosine({|DSL506:WarmupEpochs = 4|})")]
    [InlineData("Steps(30), Constant({|DSL506:WarmupSteps = 40|})")]
    [InlineData("Epochs(3), MeanTeacher({|DSL507:RampUpEpochs = 4|})")]
    public Task Duration_longer_than_the_run(string recipe) =>
        Check($"[Trainer<Net>, CrossEntropy, Adam, {recipe}] public partial class T;" + Net);

    [Fact]
    public Task Size_of_a_stream_that_nobody_reads() =>
        Check("[Trainer<Net>, CrossEntropy, Adam, BatchSize(32, {|DSL508:Unlabeled = 64|})] public partial class T;" + Net);

    [Fact]
    public Task Explicit_backward_in_an_autograd_project() => Verify.Diagnostics(
        Using + "[Trainer<Net>({|DSL509:Backward = Backward.Explicit|}), CrossEntropy, Adam] public partial class T;" + Net,
        ("build_property.DslBackward", "autograd"));

    [Fact]
    public Task Model_with_a_finding_is_reported_once_and_not_at_its_trainer() => Check("""
        [Model(4), {|DSL301:Conv2d(8, 3)|}] public partial class Net;
        [Trainer<Net>, CrossEntropy, Adam] public partial class T;
        """);

    [Fact]
    public Task Producer_is_the_second_place() => Verify.Reports(
        Using + "[Model(1, 8, 8), {|#1:Flatten|}, {|#0:MaxPool2d(2)|}] public partial class Net;",
        Verify.Of("DSL301").WithLocation(0).WithLocation(1)
            .WithArguments("MaxPool2d(2)", "[N, C, H, W]", "[N, 64]", "Flatten", ""));

    [Theory]
    [InlineData("[Model(2, 8, 8), {|DSL317:Conv2d(4, 3, Padding = 1000000000)|}]")]
    [InlineData("[Model(200000000), Linear(200000000), Tanh, Linear(2000000000), Tanh, {|DSL317:Linear(2000000000)|}]")]
    [InlineData("[Model(8), Use<Hidden>(Times = 20), {|DSL318:Use<Hidden>(Times = int.MaxValue)|}]")]
    public Task A_model_that_no_machine_holds(string model) => Check($$"""
        [Block, Linear(8), ReLU] public partial class Hidden;
        {{model}} public partial class Net;
        """);

    [Fact]
    public void Blocks_that_double_with_every_level_end_in_a_finding()
    {
        string blocks = string.Concat(
            Enumerable.Range(0, 40).Select(i => $"[Block, Use<B{i + 1}>, Use<B{i + 1}>] public partial class B{i};\n"));
        var reported = Declared.Driver().RunGenerators(Declared.Compile(
            $"{Using}{blocks}[Block, Linear(8)] public partial class B40;\n[Model(8), Use<B0>] public partial class Net;"))
                .GetRunResult().Diagnostics;
        Assert.Contains(reported, diagnostic => diagnostic.Id == "DSL318");
        Assert.DoesNotContain(reported, diagnostic => diagnostic.Id == "DSL901");
    }

    [Fact]
    public void Every_diagnostic_is_tested()
    {
        string tests = string.Concat(
            Directory.GetFiles(Path.GetDirectoryName(SourcePath())!, "*Tests.cs").Select(File.ReadAllText));
        Assert.All(Diagnostics.Catalogue.ById.Keys.Where(id => id is not ("DSL120" or "DSL212" or "DSL901")), id =>
            Assert.Contains($"{{|{id}:", tests));
    }

    private const string Using = "using Dsl;\n";

    private static Task Check(string markup) => Verify.Diagnostics(Using + markup);

    private static string SourcePath([System.Runtime.CompilerServices.CallerFilePath] string path = "") => path;
}
