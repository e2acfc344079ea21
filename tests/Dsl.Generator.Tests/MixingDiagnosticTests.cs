using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>Diagnostics of mixtures of samples.</summary>
public class MixingDiagnosticTests
{
    private const string Net = """
        [Model(1, 8, 8), Conv2d(4, 3), ReLU, Tag("early", Mix = true), Tag("other"), Flatten, Linear(10)]
        public partial class Net;

        """;

    [Theory]
    [InlineData("Mixup")]
    [InlineData("CutMix")]
    [InlineData("AugMix")]
    public Task A_mixing_without_labels(string mixing) => Check(Net + $$"""
        [Trainer<Net>, Distill, {|DSL441:{{mixing}}|}, Sgd(0.1)]
        public partial class NetTrainer;
        """);

    [Fact]
    public Task Two_mixings() => Check(Net + """
        [Trainer<Net>, CrossEntropy, Mixup, {|DSL442:CutMix|}, Sgd(0.1)]
        public partial class NetTrainer;
        """);

    [Theory]
    [InlineData("{|DSL443:Mixup|}")]
    [InlineData("{|DSL443:ManifoldMixup|}")]
    [InlineData("ManifoldMixup({|DSL443:Input = true|})")]
    public Task Tokens_are_not_mixed(string mixing) => Check($$"""
        [Model(12, Elements = Elements.Index), Embedding(20, 4), Flatten, Linear(10)]
        public partial class Net;

        [Trainer<Net>, CrossEntropy, {{mixing}}, Sgd(0.1)]
        public partial class NetTrainer;
        """);

    [Fact]
    public Task Edges_are_not_mixed() => Check("""
        [Model(8), EdgeList, GraphConv(4)]
        public partial class Net;

        [Trainer<Net>, CrossEntropy, {|DSL443:Mixup|}, Sgd(0.1)]
        public partial class NetTrainer;
        """);

    [Theory]
    [InlineData("CutMix")]
    [InlineData("AugMix")]
    public Task Rows_where_images_are_needed(string mixing) => Check($$"""
        [Model(8), Linear(10)]
        public partial class Net;

        [Trainer<Net>, CrossEntropy, {|DSL444:{{mixing}}|}, Sgd(0.1)]
        public partial class NetTrainer;
        """);

    [Fact]
    public Task AugMix_of_normalised_images() => Check(Net + """
        [Augmentation, RandomShift(1), Normalize(0.5, 0.25)]
        public partial class Weak;

        [Trainer<Net>, CrossEntropy, {|DSL444:AugMix|}, Augment<Weak>, Sgd(0.1)]
        public partial class NetTrainer;
        """);

    [Theory]
    [InlineData("RandomShift(1)", "AugMix<Chain>(Weight = 6, Width = 2, Alpha = 0.5)")]
    [InlineData("RandomShift(1), Normalize(0.5, 0.25)", "{|DSL444:AugMix<Chain>|}")]
    [InlineData("Cutout(9)", "{|DSL424:AugMix<Chain>|}")]
    [InlineData("Equalize", "{|DSL460:AugMix<Chain>|}")]
    [InlineData("RandomShift(1)", "AugMix<Chain>({|DSL462:Severity = 3|})")]
    [InlineData("RandomShift(1)", "AugMix<Chain>({|DSL462:Depth = 2|}, Width = 4, {|DSL462:Severity = 3|})")]
    [InlineData("RandomShift(1)", "{|DSL202:AugMix<Net>|}")]
    [InlineData("RandomShift(1)", "AugMix<Chain>({|DSL105:Width = 11|})")]
    public Task AugMix_with_a_policy(string transformations, string mixing) => Check(Net + $$"""
        [Augmentation, {{transformations}}]
        public partial class Chain;

        [Trainer<Net>, CrossEntropy, {{mixing}}, Sgd(0.1)]
        public partial class NetTrainer;
        """);

    [Fact]
    public Task AugMix_with_two_policies() => Check(Net + """
        [Augmentation, RandomShift(1)]
        public partial class Chain;

        [Trainer<Net>, CrossEntropy, AugMix, {|DSL442:AugMix<Chain>|}, Sgd(0.1)]
        public partial class NetTrainer;
        """);

    [Theory]
    [InlineData("ManifoldMixup({|DSL445:\"late\"|})")]
    [InlineData("ManifoldMixup({|DSL445:\"other\"|})")]
    [InlineData("ManifoldMixup(\"early\", {|DSL445:\"late\"|}, Alpha = 1)")]
    [InlineData("ManifoldMixup({|DSL445:new[] { \"early\", \"late\" }|}, Alpha = 1)")]
    [InlineData("ManifoldMixup(\"early\", {|DSL445:\"early\"|})")]
    [InlineData("{|DSL445:ManifoldMixup(Input = false)|}")]
    public Task A_place_that_is_none(string mixing) => Check(Net + $$"""
        [Trainer<Net>, CrossEntropy, {{mixing}}, Sgd(0.1)]
        public partial class NetTrainer;
        """);

    [Fact]
    public Task A_teacher_that_sees_no_mixture() => Check(Net + """
        [Trainer<Net>, CrossEntropy, Distill, {|DSL446:ManifoldMixup("early")|}, Sgd(0.1)]
        public partial class NetTrainer;
        """);

    [Theory]
    [InlineData("[Model(8), Linear(4), Tag(\"2nd\", {|DSL447:Mix = true|}), Linear(2)]")]
    [InlineData("[Model(8), Linear(4), Tag(\"output\", {|DSL447:Mix = true|}), Linear(2)]")]
    [InlineData("[Model(8), Linear(4), Tag(\"input\", {|DSL447:Mix = true|}), Linear(2)]")]
    [InlineData(
        "[Model(8, Elements = Elements.Index), Tag(\"tokens\", {|DSL447:Mix = true|}), Embedding(20, 4), Flatten, Linear(2)]")]
    [InlineData("[Model(8), Linear(4), {|DSL447:Tag(\"main\", Mix = true)|}, Linear(2), Output(\"Main\")]")]
    public Task A_tag_at_which_nothing_can_be_mixed(string attributes) => Check($$"""
        {{attributes}}
        public partial class Net;
        """);

    [Fact]
    public Task A_place_in_a_block() => Check("""
        [Block, Linear(4), Tag("hidden", {|DSL447:Mix = true|})]
        public partial class Part;

        [Model(8), Use<Part>, Linear(2)]
        public partial class Net;
        """);

    [Fact]
    public Task A_place_that_a_skip_leads_around() => Check("""
        [Model(8), Tag("in"), Linear(8), ReLU, Tag("hidden", Mix = true), Linear(8), Add("in"), Linear(2)]
        public partial class Net;

        [Trainer<Net>, CrossEntropy, ManifoldMixup({|DSL448:"hidden"|}), Sgd(0.1)]
        public partial class NetTrainer;
        """);

    [Fact]
    public Task A_skip_from_the_place_itself_is_mixed() => Check("""
        [Model(8), Linear(8), ReLU, Tag("hidden", Mix = true), Linear(8), Add("hidden"), Linear(2)]
        public partial class Net;

        [Trainer<Net>, CrossEntropy, ManifoldMixup("hidden"), Sgd(0.1)]
        public partial class NetTrainer;
        """);

    [Theory]
    [InlineData("CutMix")]
    [InlineData("AugMix")]
    public Task Labels_of_pixels(string mixing) => Check($$"""
        [Model(1, 8, 8), Conv2d(4, 3, Padding = 1)]
        public partial class Net;

        [Trainer<Net>, CrossEntropy(PerPosition = true), {|DSL449:{{mixing}}|}, Sgd(0.1)]
        public partial class NetTrainer;
        """);

    [Theory]
    [InlineData("Mixup({|DSL105:Alpha = 0|})")]
    [InlineData("ManifoldMixup({|DSL105:Alpha = -1|})")]
    [InlineData("CutMix({|DSL105:Probability = 1.5|})")]
    [InlineData("AugMix({|DSL105:Severity = 11|})")]
    [InlineData("AugMix({|DSL105:Width = 0|})")]
    public Task Numbers_out_of_range(string mixing) => Check(Net + $$"""
        [Trainer<Net>, CrossEntropy, {{mixing}}, Sgd(0.1)]
        public partial class NetTrainer;
        """);

    private static Task Check(string source) => Verify.Diagnostics("using Dsl;\n" + source);
}
