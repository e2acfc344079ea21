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
    [InlineData("Distill(Ensemble = Ensemble.Arithmetic, {|DSL434:TeacherNoise = 0.1|})")]
    [InlineData("Distill({|DSL105:TeacherNoise = 1.1|})")]
    [InlineData("{|DSL435:DistillFeature(\"hidden\")|}")]
    [InlineData("Distill, {|DSL435:DistillFeature(\"hidden\")|}")]
    [InlineData("Distill<Large>(Ensemble = Ensemble.Geometric), {|DSL435:DistillFeature(\"hidden\")|}")]
    [InlineData("Distill<Large>(CacheTeacher = true), {|DSL435:DistillFeature(\"hidden\")|}")]
    [InlineData("DistillFeature<Other>({|DSL436:\"hidden\"|})")]
    [InlineData("DistillFeature<Large>(\"hidden\", {|DSL436:Teacher = \"missing\"|})")]
    [InlineData("DistillFeature<Large>({|DSL409:\"missing\"|}, Teacher = \"hidden\")")]
    [InlineData("{|DSL437:DistillFeature<Large>(\"hidden\", Teacher = \"wide\")|}")]
    [InlineData("Distill(Ensemble = Ensemble.Geometric), {|DSL438:Distill(Of = \"hidden\")|}")]
    [InlineData("Distill({|DSL419:TeacherNoiseProbability = 0.2|})")]
    public void Teachers(string objectives) =>
        Verify.Diagnostics($"using Dsl; namespace Demo;\n[Trainer<Net>, {objectives}, Sgd(0.1)] public partial class T;" + Models);

    [Fact]
    public void A_cache_of_augmented_images() => Verify.Diagnostics("""
        using Dsl;
        [Model(1, 8, 8), Flatten, Linear(10)] public partial class Net;
        [Augmentation, RandomShift(1)] public partial class Weak;
        [Trainer<Net>, Distill({|DSL439:CacheTeacher = true|}), Augment<Weak>, Sgd(0.1)] public partial class T;
        """);

    [Theory]
    [InlineData("Mixup")]
    [InlineData("CutMix")]
    public void A_cache_of_mixed_images(string mixing) => Verify.Diagnostics($$"""
        using Dsl;
        [Model(1, 8, 8), Flatten, Linear(10)] public partial class Net;
        [Trainer<Net>, CrossEntropy, Distill({|DSL439:CacheTeacher = true|}), {{mixing}}, Sgd(0.1)] public partial class T;
        """);

    [Fact]
    public void Messages_spell_the_shapes_out()
    {
        Assert.Equal("The teacher 'ThreeClasses' returns [N, 3], but [Distill] compares it with [N, 10] of 'Net': give both the same classes",
            Message("Distill<ThreeClasses>"));
        Assert.Equal("\"hidden\" of 'Net' is [N, 8], but \"wide\" of the teacher 'Large' is [N, 16]: bring it to the teacher's width on a branch of its own, "
            + "such as From(\"hidden\"), Linear(16), Output(\"Hint\"), and read that", Message("DistillFeature<Large>(\"hidden\", Teacher = \"wide\")"));
        Assert.Equal("The teacher 'Large' has no tag \"missing\", but \"hidden\", \"wide\"", Message("DistillFeature<Large>(\"hidden\", Teacher = \"missing\")"));
    }

    [Theory]
    [InlineData("Distill<Large>(Ensemble = Ensemble.Arithmetic, CacheTeacher = true), CrossEntropy, MeanTeacher")]
    [InlineData("Distill<Large>(TeacherNoise = 0.5), DistillFeature(\"hidden\")")]
    [InlineData("Distill<Large>(TeacherNoise = 0.5, CacheTeacher = true), Accumulate(2)")]
    [InlineData("DistillFeature<Net>(\"hidden\"), CrossEntropy")]
    public void Declarations_compile_in_both_targets(string objectives)
    {
        string source = $"using Dsl; namespace Demo;\n[Trainer<Net>, {objectives}, Sgd(0.1)] public partial class T;" + Models;
        Verify.Compiles(source);
        Verify.Compiles(source, ("build_property.DslBackward", "autograd"));
    }

    [Fact]
    public void Unrelated_edits_rerun_nothing() =>
        Verify.Cacheable("using Dsl; namespace Demo;\n[Trainer<Net>, Distill<Large>, Sgd(0.1)] public partial class T;" + Models
            + "\n[Block, ReLU] public partial class Unused; [Augmentation, RandomShift(1)] public partial class Weak;");

    private static string Message(string objectives) =>
        Verify.Message($"using Dsl; namespace Demo;\n[Trainer<Net>, {objectives}, Sgd(0.1)] public partial class T;" + Models);
}
