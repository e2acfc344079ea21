using System.Reflection;
using Dsl.Generator.Objectives;
using Dsl.Generator.Programs;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Generator.Tests;

/// <summary>
/// What holds for every objective that the compiler knows, found by its meaning: gradients exist whatever has a label, and an
/// update on several batches is the update on their union.
/// </summary>
[Collection(GlobalGenerator.Name)]
public class ObjectiveRunTests
{
    private const string Models = """
        using Dsl;

        namespace Demo;

        [Model(5), Linear(3)]
        public partial class Rows;

        [Model(4, 5), Linear(3)]
        public partial class Positions;

        [Model(5), Linear(3), LogSoftmax]
        public partial class LogRows;

        [Model(4, 5), Linear(3), LogSoftmax]
        public partial class LogPositions;


        """;

    // Objectives that read no labels, beside one that does where they need it.
    private static readonly string[] Unlabelled =
    [
        "CrossEntropy, ConfidencePenalty", "CrossEntropy, ConfidencePenalty(Gamma = 0.5)",
        "CrossEntropy, EntropyMinimization(Weight = 0.1)",
        "CrossEntropy, EntropyMinimization(Labeled = true, Weight = 0.1)", "CrossEntropy, Distill",
        "TeacherFreeSelf, CrossEntropy",
        "CrossEntropy, MeanTeacher(RampUpSteps = 1)",
    ];

    private static readonly IReadOnlyList<Variant> Variants = [.. All()];

    private static readonly Lazy<Assembly> Trainers = new(() =>
        LoadedModels.Load(Models + string.Join("\n", Variants.Select(Declare))));

    public static TheoryData<string> Classes =>
        [.. Variants.Where(variant => variant is { Labels: LabelKind.Class, IsPlain: true })
            .Select(variant => variant.Objectives)];

    public static TheoryData<string> Everything => [.. Variants.Select(variant => variant.Objectives)];

    [Theory, MemberData(nameof(Classes))]
    public void Gradients_exist_whatever_has_a_label(string objectives)
    {
        foreach (double size in new[] { 1, 1e4 })
        {
            foreach (string labelled in new[] { "none", "one", "all", "the first class" })
            {
                var variant = Variants.First(variant => variant.Objectives == objectives);
                var data = Data(variant, 6, size);
                if (labelled != "all") data["Label"].fill_(labelled == "the first class" ? 0 : -100);
                if (labelled == "one") data["Label"].flatten()[3] = 2;
                using LoadedTrainer first = new(Trainers.Value, variant.Name("Explicit"));
                using LoadedTrainer second = new(Trainers.Value, variant.Name("Autograd"));
                using var before = first.Arena.Values.clone();
                second.ComputeGradients(data, first.ComputeGradients(data));
                string what = $"{objectives}, logits of size {size}, labels: {labelled}";
                Assert.True(first.Arena.Gradients.isfinite().all().ToBoolean(), what);
                AssertClose(second.Arena.Gradients, first.Arena.Gradients, what);
                AssertSame(second.Total, first.Total, what);
                if (labelled != "none") continue;
                Assert.True(first.Total is 0 or double.NaN, $"{what}: the loss is {first.Total}");
                foreach (var trainer in new[] { first, second })
                {
                    Assert.Equal(0, trainer.Arena.Gradients.abs().max().ToDouble());
                    trainer.ApplyGradients();
                    Assert.True(trainer.Arena.Values.Equals(before), $"{what}: the step moved the parameters");
                }
            }
        }
    }

    [Theory, MemberData(nameof(Everything))]
    public void An_update_on_several_batches_is_the_update_on_their_union(string objectives)
    {
        var variant = Variants.First(variant => variant.Objectives == objectives);
        var data = Data(variant, 6, 1);
        if (variant.Labels == LabelKind.Class)
        {
            // A batch without any label, and two of which one has many more than the other.
            data["Label"].narrow(0, 2, 1).fill_(-100);
            data["Label"].narrow(0, 3, 2).fill_(-100);
        }

        List<IReadOnlyDictionary<string,
        Tensor>> window = [Part(data, 0, 2, 0, 1), Part(data, 2, 1, 1, 5), Part(data, 3, 3, 6, 2)];
        foreach (string target in new[] { "Explicit", "Autograd" })
        {
            using LoadedTrainer whole = new(Trainers.Value, variant.Name(target));
            using LoadedTrainer parts = new(Trainers.Value, variant.Name(target + "Window"));
            foreach (var trainer in new[] { whole, parts }) trainer.Set("DisturbLabelAlpha", 0.0);
            for (int step = 0; step < 2; step++)
            {
                whole.Step(data);
                parts.Step(window);
                AssertSame(whole.Total, parts.Total, $"{objectives}, {target}, step {step}");
                AssertClose(whole.Arena.Values, parts.Arena.Values, $"{objectives}, {target}, step {step}");
            }
        }
    }

    private static IEnumerable<Variant> All()
    {
        var labelled = typeof(Objective).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(Objective)) && !type.IsAbstract && type != typeof(OwnObjective))
            .Select(type => (Objective)Activator.CreateInstance(type)!).Where(objective => objective.IsLabeled)

            // What compares samples of a batch with each other is no mean over samples; what reads two outputs, a second
            // stream or objects, or takes evidence, has a golden.
            .Where(objective => objective.Labels is not (LabelKind.Identity or LabelKind.Objects)
                && objective is not (GaussianNll or PriorNetwork or Evidential))
            .OrderBy(objective => objective.Attribute.Name, StringComparer.Ordinal).ToList();
        int number = 0;
        foreach (var objective in labelled)
        {
            string name = objective.Attribute.Name[..^"Attribute".Length];
            foreach (string arguments in Arguments(objective))
                yield return new Variant(
                    number++, arguments.Length == 0 ? name : $"{name}({arguments})", objective.Labels, objective.Reads);
        }

        foreach (string objectives in Unlabelled)
            yield return new Variant(number++, objectives, LabelKind.Class, Prediction.Logits) { IsPlain = false };
    }

    /// <summary>Nothing, and each thing that changes how rows become a number.</summary>
    private static IEnumerable<string> Arguments(Objective objective)
    {
        // What training would count or estimate is said here.
        string[] known = objective switch
        {
            Ldam => ["ClassCounts = new double[] { 50, 20, 8 }"],
            ForwardCorrection or BackwardCorrection => ["NoiseRate = 0.3"],
            Dice => ["PerPosition = true"],
            _ => [],
        };
        return Variations(objective).Select(changed => string.Join(", ", changed.Length == 0 ? known : [.. known, changed]));
    }

    private static IEnumerable<string> Variations(Objective objective)
    {
        bool Has(string property) => objective.Attribute.GetProperty(property) is not null;
        yield return "";
        if (Has("Reduction")) yield return "Reduction = Reduction.Sum";
        if (Has("Squared")) yield return "Squared = true";
        if (Has("ClassWeights")) yield return "ClassWeights = new[] { 0.0, 1, 9 }";
        if (Has("ClassWeights")) yield return "ClassWeights = new[] { 0.0, 1, 9 }, Reduction = Reduction.Sum";
        if (Has("Generalized")) yield return "Generalized = true";
        if (objective is { Labels: LabelKind.Class } and not Dice) yield return "PerPosition = true";
        if (!Has("LabelSmoothing")) yield break;
        yield return "LabelSmoothing = 0.1";
        yield return "LabelSmoothing = 0.1, PerPosition = true";
        yield return "LabelSmoothing = 0.1, Reduction = Reduction.Sum";
        yield return "LabelSmoothing = 0.1, ClassWeights = new[] { 0.0, 1, 9 }";
        yield return "LabelSmoothing = 0.1, Smoothing = Smoothing.Unigram, ClassFrequencies = new[] { 1.0, 2, 3 }";
    }

    private static string Declare(Variant variant) =>
        string.Join("\n", new[] { "Explicit", "Autograd" }.SelectMany(target => new[]
    {
        $"[Trainer<{variant.Model}>(Backward = Backward.{target}), {variant.Objectives}, Sgd(0.1), Steps(9)] "
            + $"public partial class {variant.Name(target)};",
        $"[Trainer<{variant.Model}>(Backward = Backward.{target}), {variant.Objectives}, Accumulate(3), Sgd(0.1), Steps(9)] "
            + $"public partial class {variant.Name(target)}Window;",
    }));

    private static Dictionary<string, Tensor> Data(Variant variant, long samples, double size)
    {
        using var generator = new torch.Generator(17);
        long[] rows = variant.PerPosition ? [samples, 4] : [samples];
        return new()
        {
            ["Input"] = randn([.. rows, 5], generator: generator) * size,
            ["Unlabeled"] = randn([8, 5], generator: generator) * size,
            ["Label"] = variant.Labels switch
            {
                LabelKind.Class => randint(0, 3, rows, ScalarType.Int64, generator: generator),
                LabelKind.Binary => randint(0, 2, [.. rows, 3], ScalarType.Int64, generator: generator),
                LabelKind.Distribution => nn.functional.softmax(randn([.. rows, 3], generator: generator), -1),
                _ => randn([.. rows, 3], generator: generator) * size,
            },
        };
    }

    private static Dictionary<string, Tensor> Part(
        Dictionary<string, Tensor> data, long first, long count, long firstUnlabelled, long unlabelled) => new()
    {
        ["Input"] = data["Input"].narrow(0, first, count),
        ["Label"] = data["Label"].narrow(0, first, count),
        ["Unlabeled"] = data["Unlabeled"].narrow(0, firstUnlabelled, unlabelled),
    };

    private static void AssertSame(double expected, double actual, string what) => Assert.True(
        double.IsNaN(expected) ? double.IsNaN(actual) : Math.Abs(expected - actual) <= (1e-5 * Math.Abs(expected)) + 1e-6,
        $"{what}: the loss is {actual}, not {expected}");

    private static void AssertClose(Tensor expected, Tensor actual, string what)
    {
        double error = (expected - actual).abs().max().ToDouble(), scale = expected.abs().max().ToDouble();
        Assert.True(error <= (1e-5 * scale) + 1e-6, $"{what}: differs by {error:g3} where the largest element is {scale:g3}");
    }

    /// <summary>An objective with arguments.</summary>
    private sealed record Variant(int Number, string Objectives, LabelKind Labels, Prediction Reads)
    {
        /// <summary>Whether nothing but the labels makes a gradient.</summary>
        public bool IsPlain { get; init; } = true;

        public bool PerPosition => Objectives.Contains("PerPosition", StringComparison.Ordinal);

        public string Model => (Reads == Prediction.LogProbabilities ? "Log" : "") + (PerPosition ? "Positions" : "Rows");

        public string Name(string target) => $"Objective{Number}{target}";
    }
}
