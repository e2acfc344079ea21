using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>Diagnostics of teachers.</summary>
public class DistillationDiagnosticTests
{
    private const string Models = """

        public class Plain;
        [Model(4), Linear(8), Tag("hidden"), ReLU, Linear(10)] public partial class Net;
        [Model(4), Linear(8), Tag("hidden"), Linear(16), Tag("wide"), ReLU, Linear(10)] public partial class Large;
        [Model(4), Linear(10)] public partial class Other;
        [Model(5), Linear(10)] public partial class FiveInputs;
        [Model(4), Linear(3)] public partial class ThreeClasses;
        [Model(4), Input("gate", 4), Multiply("gate"), Linear(10)] public partial class Gated;
        """;

    [Theory]
    [InlineData("Distill<Large>, {|DSL407:DistillFeature<Other>(\"hidden\")|}")]
    [InlineData("{|DSL431:Distill<Plain>|}")]
    [InlineData("{|DSL432:Distill<FiveInputs>|}")]
    [InlineData("{|DSL433:Distill<ThreeClasses>|}")]
    [InlineData("{|DSL408:Distill<Gated>|}")]
    [InlineData("Distill(Ensemble = Ensemble.Arithmetic, CacheTeacher = true, {|DSL434:TeacherNoise = 0.1|})")]
    [InlineData("Distill({|DSL105:TeacherNoise = 1.1|})")]
    [InlineData("{|DSL435:DistillFeature(\"hidden\")|}")]
    [InlineData("Distill, {|DSL435:DistillFeature(\"hidden\")|}")]
    [InlineData("Distill<Large>(Ensemble = Ensemble.Geometric), {|DSL435:DistillFeature(\"hidden\")|}")]
    [InlineData("Distill<Large>(CacheTeacher = true), {|DSL435:DistillFeature(\"hidden\")|}")]
    [InlineData("DistillFeature<Other>({|DSL436:\"hidden\"|})")]
    [InlineData("DistillFeature<Large>(\"hidden\", {|DSL436:Teacher = \"missing\"|})")]
    [InlineData("DistillFeature<Large>({|DSL409:\"missing\"|}, Teacher = \"hidden\")")]
    [InlineData("Distill(Ensemble = Ensemble.Geometric), {|DSL438:Distill(Of = \"hidden\")|}")]
    [InlineData("Distill({|DSL419:TeacherNoiseProbability = 0.2|})")]
    public Task Teachers(string objectives) =>
        Verify.Diagnostics(
            $"using Dsl; namespace Demo;\n[Trainer<Net>, {objectives}, Sgd(0.1)] public partial class T;" + Models);

    [Theory]
    [InlineData("Conv2d(4, 3)", "Conv2d(4, 3), MaxPool2d(2)")]
    [InlineData("Conv2d(4, 3)", "Conv2d(8, 5)")]
    [InlineData("Conv2d(4, 3), Flatten", "Conv2d(4, 3)")]
    public Task Features_that_no_adapter_brings_together(string student, string teacher) => Verify.Diagnostics($$"""
        using Dsl;
        [Model(1, 8, 8), {{student}}, Tag("a"), Flatten, Linear(10)] public partial class Net;
        [Model(1, 8, 8), {{teacher}}, Tag("a"), Flatten, Linear(10)] public partial class Large;
        [Trainer<Net>, {|DSL437:DistillFeature<Large>("a")|}, Sgd(0.1)] public partial class T;
        """);

    // Of a [N, C, L] the positions stand last, of a [N, T, F] first: what differs must be the other axis.
    [Theory]
    [InlineData("Conv1d(4, 3), Tanh", "Conv1d(8, 3)", true)]
    [InlineData("Conv1d(4, 3), Tanh, MaxPool1d(2)", "Conv1d(4, 3)", false)]
    [InlineData("Linear(4), LayerNorm, ReLU", "Linear(8)", true)]
    [InlineData("TemporalConv(6, 3)", "Conv1d(6, 3)", false)]
    [InlineData("PReLU", "Linear(8), ReLU", true)]
    public async Task Widths_of_signals_and_sequences(string student, string teacher, bool fits)
    {
        string objective = fits ? "DistillFeature<Large>(\"a\")" : "{|DSL437:DistillFeature<Large>(\"a\")|}";
        await Verify.Diagnostics($$"""
            using Dsl;
            [Model(6, 16), {{student}}, Tag("a"), Flatten, Linear(10)] public partial class Net;
            [Model(6, 16), {{teacher}}, Tag("a"), Flatten, Linear(10)] public partial class Large;
            [Trainer<Net>, {{objective}}, CrossEntropy, Sgd(0.1)] public partial class T;
            """);
    }

    [Fact]
    public Task A_message_says_which_axis_differs() => Verify.Message(
        """
        using Dsl;
        [Model(1, 8, 8), Conv2d(4, 3), Tag("a"), Flatten, Linear(10)] public partial class Net;
        [Model(1, 8, 8), Conv2d(8, 3), MaxPool2d(2), Tag("b"), Flatten, Linear(10)] public partial class Large;
        [Trainer<Net>, {|DSL437:DistillFeature<Large>("a", Teacher = "b")|}, Sgd(0.1)] public partial class T;
        """,
        "\"a\" of 'Net' is [N, 4, 6, 6], but \"b\" of the teacher 'Large' is [N, 8, 3, 3]: an adapter changes the channels "
        + "(axis 1) alone, but axis 1 is 4 and 8, "
            + "axis 2 is 6 and 3, axis 3 is 6 and 3; read values of the same resolution");

    [Fact]
    public Task A_cache_of_augmented_images() => Verify.Diagnostics("""
        using Dsl;
        [Model(1, 8, 8), Flatten, Linear(10)] public partial class Net;
        [Augmentation, RandomShift(1)] public partial class Weak;
        [Trainer<Net>, Distill({|DSL439:CacheTeacher = true|}), Augment<Weak>, Sgd(0.1)] public partial class T;
        """);

    [Fact]
    public Task A_cache_of_images_that_are_normalised_and_moved() => Verify.Diagnostics("""
        using Dsl;
        [Model(1, 8, 8), Flatten, Linear(10)] public partial class Net;
        [Augmentation, RandomShift(1), Normalize(0.5, 0.2)] public partial class Weak;
        [Trainer<Net>, Distill({|DSL439:CacheTeacher = true|}), Augment<Weak>, Sgd(0.1)] public partial class T;
        """);

    [Fact]
    public async Task A_cache_of_images_that_are_normalised_alone()
    {
        const string source = """
            using Dsl;
            [Model(1, 8, 8), Flatten, Linear(10)] public partial class Net;
            [Augmentation, Normalize(0.5, 0.2)] public partial class Same;
            [Trainer<Net>, Distill(CacheTeacher = true), Augment<Same>, Sgd(0.1)] public partial class T;
            [Trainer<Net>, Distill(Ensemble = Ensemble.Arithmetic, CacheTeacher = true), Augment<Same>, Sgd(0.1)] public partial class U;
            """;
        await Verify.Diagnostics(source);
        await Verify.Compiles(source);
        await Verify.Compiles(source, ("build_property.DslBackward", "autograd"));
    }

    [Theory]
    [InlineData("Mixup")]
    [InlineData("CutMix")]
    public Task A_cache_of_mixed_images(string mixing) => Verify.Diagnostics($$"""
        using Dsl;
        [Model(1, 8, 8), Flatten, Linear(10)] public partial class Net;
        [Trainer<Net>, CrossEntropy, Distill({|DSL439:CacheTeacher = true|}), {{mixing}}, Sgd(0.1)] public partial class T;
        """);

    [Fact]
    public async Task Messages_spell_the_shapes_out()
    {
        await Message("{|DSL433:Distill<ThreeClasses>|}",
            "The teacher 'ThreeClasses' returns [N, 3], but [Distill] compares it with [N, 10] of 'Net': "
            + "give both the same classes");
        await Message("DistillFeature<Large>(\"hidden\", {|DSL436:Teacher = \"missing\"|})",
            "The teacher 'Large' has no tag \"missing\", but \"hidden\", \"wide\"");
    }

    [Theory]
    [InlineData("Distill<Large>(Ensemble = Ensemble.Arithmetic, CacheTeacher = true), CrossEntropy, MeanTeacher")]
    [InlineData("Distill<Large>(TeacherNoise = 0.5), DistillFeature(\"hidden\")")]
    [InlineData("Distill<Large>(TeacherNoise = 0.5, CacheTeacher = true), Accumulate(2)")]
    [InlineData("Distill<Large>(Ensemble = Ensemble.Arithmetic, TeacherNoise = 0.5), Accumulate(2)")]
    [InlineData("Distill<Large>(Ensemble = Ensemble.Geometric, CacheTeacher = true, TeacherNoise = 0.5)")]
    [InlineData("DistillFeature<Net>(\"hidden\"), CrossEntropy")]
    [InlineData("DistillFeature<Large>(\"hidden\", Teacher = \"wide\"), CrossEntropy, ClipGradNorm(1), Accumulate(2)")]
    [InlineData(
        "DistillFeature<Large>(\"hidden\", Teacher = \"wide\"), CrossEntropy, ClipGradValue(1), ParameterGroup(\"0\", "
        + "WeightDecay = 0.1)")]
    [InlineData(
        "DistillFeature<Large>(\"hidden\", Teacher = \"wide\"), AdaptiveGradientClipping, MeanTeacher, CrossEntropy, "
        + "EarlyStopping(Metric.Loss), Checkpoint, Epochs(3)")]
    public async Task Declarations_compile_in_both_targets(string objectives)
    {
        string source = $"using Dsl; namespace Demo;\n[Trainer<Net>, {objectives}, Sgd(0.1)] public partial class T;" + Models;
        await Verify.Compiles(source);
        await Verify.Compiles(source, ("build_property.DslBackward", "autograd"));
    }

    [Fact]
    public void Unrelated_edits_rerun_nothing() =>
        Verify.Cacheable("using Dsl; namespace Demo;\n[Trainer<Net>, Distill<Large>, Sgd(0.1)] public partial class T;" + Models
            + "\n[Block, ReLU] public partial class Unused; [Augmentation, RandomShift(1)] public partial class Weak; "
            + "[Table] public partial record Row(float A); "
            + "[ImageFolder(3, 8, 8)] public partial record Picture([Label(\"a\", \"b\")] string? Kind = null);");

    private static Task Message(string objectives, string message) =>
        Verify.Message(
            $"using Dsl; namespace Demo;\n[Trainer<Net>, {objectives}, Sgd(0.1)] public partial class T;" + Models, message);
}
