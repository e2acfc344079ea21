using Dsl.Generator.Binding;
using Dsl.Generator.Mixings;
using Dsl.Generator.Objectives;
using Dsl.Generator.Programs;
using Dsl.Generator.Schemes;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Generator.Tests.Architecture;

/// <summary>
/// What holds for every objective, scheme and mixing, found by their meanings: both targets agree, over steps; there are
/// gradients, and they are finite; and the same declaration gives the same text. A new technique is here without an edit, or
/// fails until it says how it is declared.
/// </summary>
[Collection(GlobalGenerator.Name)]
public partial class MeaningTests
{
    private const int Steps = 3, Samples = 6;

    private static readonly IReadOnlyList<IMeaning> Meanings =
    [
        .. typeof(IMeaning).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && new[] { typeof(Objective), typeof(Scheme), typeof(Mixing) }.Any(type.IsSubclassOf))
            .Select(type => (IMeaning)Activator.CreateInstance(type)!)
            .OrderBy(meaning => meaning.GetType().Name, StringComparer.Ordinal),
    ];

    public static TheoryData<string> Names => [.. Meanings.Select(meaning => meaning.GetType().Name)];

    // A scheme that trains several networks has no one gradient, and one that needs autograd is the same in both targets: their
    // goldens hold each descent in every target that it has.
    public static TheoryData<string> Compared =>
    [
        .. Meanings.Where(meaning => meaning is not Scheme { Learners.Count: > 0 } and not Scheme { AutogradReason: not null })
            .Select(meaning => meaning.GetType().Name),
    ];

    [Fact]
    public void Every_kind_has_meanings()
    {
        Assert.Contains(Meanings, meaning => meaning is Objective);
        Assert.Contains(Meanings, meaning => meaning is Scheme);
        Assert.Contains(Meanings, meaning => meaning is Mixing);
        Assert.Empty(Declarations.Keys.Except(Meanings.Select(meaning => meaning.GetType().Name)));
    }

    [Theory]
    [MemberData(nameof(Compared))]
    public void Both_targets_agree_and_gradients_are_finite(string name)
    {
        var meaning = Find(name);
        var trainers = LoadedModels.Load(Parts + Declare(meaning, isExplicit: true) + Declare(meaning, isExplicit: false));
        using LoadedTrainer first = new(trainers, name + "Explicit");
        using LoadedTrainer second = new(trainers, name + "Autograd");
        for (int step = 0; step < Steps; step++)
        {
            var data = Data(meaning, step);
            foreach (var trainer in new[] { first, second }) trainer.UseSamples(20);
            second.ComputeGradients(data, first.ComputeGradients(data));
            string what = $"{name}, step {step}";
            Assert.True(double.IsFinite(first.Total), $"{what}: the loss is {first.Total}");

            // A divergence of distributions that hardly differ, times the square of a temperature of 20, has few digits left.
            Assert.True(
                Math.Abs(first.Total - second.Total) <= (1e-5 * Math.Abs(first.Total)) + 3e-5,
                $"{what}: {first.Total} and {second.Total}");
            Assert.True(first.Arena.Gradients.isfinite().all().ToBoolean(), $"{what}: a gradient is not finite");
            Assert.True(first.Arena.Gradients.abs().max().ToDouble() > 1e-8, $"{what}: every gradient is 0");
            AssertClose(second.Arena.Gradients, first.Arena.Gradients, $"{what}, gradients");
            first.ApplyGradients();
            second.ApplyGradients();
            AssertClose(second.Arena.Values, first.Arena.Values, $"{what}, parameters");
            foreach (var (other, value) in second.Model.named_buffers().Zip(first.Model.named_buffers()))
                AssertClose(other.buffer, value.buffer, $"{what}, {other.name}");
        }
    }

    [Theory]
    [MemberData(nameof(Compared))]
    public void A_step_is_finite_with_few_labels_and_with_extreme_logits(string name)
    {
        var meaning = Find(name);
        var trainers = LoadedModels.Load(Parts + Declare(meaning, isExplicit: true) + Declare(meaning, isExplicit: false));
        var kind = KindOf(meaning);
        foreach (string what in new[] { "no label", "one label", "logits of thousands" })
        {
            if (what.EndsWith("label", StringComparison.Ordinal) && kind != LabelKind.Class) continue;
            using LoadedTrainer first = new(trainers, name + "Explicit");
            using LoadedTrainer second = new(trainers, name + "Autograd");
            var data = Data(meaning, 0);
            if (what == "no label") data["Label"].fill_(-100);
            else if (what == "one label") data["Label"][1..].fill_(-100);
            else foreach (var trainer in new[] { first, second }) trainer.Arena.Values.mul_(1000);
            foreach (var trainer in new[] { first, second }) trainer.UseSamples(20);
            second.ComputeGradients(data, first.ComputeGradients(data));

            // The mean over no label is none, as PyTorch's; what it would train does not move.
            if (what != "no label")
            {
                Assert.True(double.IsFinite(first.Total), $"{name}, {what}: the loss is {first.Total}");

                // Of logits of thousands, sums may be of large numbers that nearly cancel.
                double tolerance = what == "logits of thousands" ? 1e-3 : 1e-4;
                Assert.True(Math.Abs(first.Total - second.Total) <= (tolerance * Math.Abs(first.Total)) + 1e-6,
                    $"{name}, {what}: {first.Total} and {second.Total}");
            }

            foreach (var trainer in new[] { first, second })
                Assert.True(trainer.Arena.Gradients.isfinite().all().ToBoolean(), $"{name}, {what}: a gradient is not finite");
            AssertClose(second.Arena.Gradients, first.Arena.Gradients, $"{name}, {what}, gradients");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_declaration_gives_the_same_text(string name)
    {
        var meaning = Find(name);
        foreach (bool isExplicit in new[] { true, false })
        {
            string source = Parts + Declare(meaning, isExplicit);
            var files = Declared.Generate(source);
            Assert.Contains(files.Keys, file => file.Contains(name, StringComparison.Ordinal));

            // Read anew, and with other trainers compiled before and beside it.
            var again = Declared.Generate(Parts + Declare(Meanings.First(other => other != meaning), isExplicit: true)
                + Declare(meaning, isExplicit).Trim() + "\n");
            foreach (var (file, text) in files) Assert.Equal(text, again[file]);
        }
    }

    private static LabelKind KindOf(IMeaning meaning) => meaning switch
    {
        Objective { IsLabeled: true } objective => objective.Labels,
        Scheme { Labels: not LabelKind.None } scheme => scheme.Labels,
        Glove => LabelKind.Real,
        _ => LabelKind.Class,
    };

    /// <summary>How techniques are declared here, by the names of their attributes; networks and policies are those of
    /// <see cref="Parts"/>.</summary>
    internal static IReadOnlyDictionary<string, string> Examples() => Meanings.Where(meaning => meaning is not OwnObjective)
        .ToDictionary(
            meaning => AttributeBinder.ShortName(meaning.Attribute.Name), meaning => Declare(meaning, "", "NetTrainer;"));

    private static IMeaning Find(string name) => Meanings.Single(meaning => meaning.GetType().Name == name);

    private static string Declare(IMeaning meaning, bool isExplicit)
    {
        string target = isExplicit ? "Explicit" : "Autograd", name = meaning.GetType().Name;
        return Declare(
            meaning, $"(Backward = Backward.{target})", $"{name}{target} {{ {Members.GetValueOrDefault(name)} }}");
    }

    private static string Declare(IMeaning meaning, string arguments, string type)
    {
        string name = meaning.GetType().Name, attribute = AttributeBinder.ShortName(meaning.Attribute.Name);
        string types = meaning.Attribute.IsGenericType
            ? $"<{string.Join(", ", new[] { "Weak", "Strong" }.Take(meaning.Attribute.GetGenericArguments().Length))}>" : "";
        string declared = Declarations.TryGetValue(name, out string? said) ? said : attribute + types;
        bool alone = meaning is Objective { IsRegularizer: false } or Scheme { StandsAlone: true, Replaces: null }
            or Scheme { IsPart: true } or ScheduledSampling;
        bool augments = meaning is Scheme { StandsAlone: false, IsPart: false } and not ScheduledSampling && types.Length == 0;
        string net = meaning is Objective { Reads: Prediction.LogProbabilities } ? "LogNet"
            : Networks.GetValueOrDefault(name, "Net");
        var learners = meaning is Scheme scheme ? scheme.Learners : [];
        string optimizers = string.Concat(learners.Select(learner => $"Sgd(0.05, For = \"{learner}\"), "));
        return $"[Trainer<{net}>{arguments}, {(alone ? "" : "CrossEntropy, ")}{declared}{(augments ? ", Augment<Weak>" : "")}]\n"
            + $"[Sgd(0.05, Momentum = 0.9), {optimizers}BatchSize({Samples}), Steps(9)]\npublic partial class {type}\n\n";
    }

    private static Dictionary<string, Tensor> Data(IMeaning meaning, int step)
    {
        using var generator = new torch.Generator(31 + (ulong)step);
        var kind = KindOf(meaning);
        string name = meaning.GetType().Name;
        long[] shape = [Samples, .. Shapes.GetValueOrDefault(name, [1, 8, 8])];
        long[] steps = meaning is RecurrentA2c ? [Samples, 2] : [Samples];
        bool reads = Vocabularies.TryGetValue(name, out long vocabulary);
        var input = reads
            ? randint(0, vocabulary, shape, ScalarType.Int64, generator: generator) : randn(shape, generator: generator);
        return new()
        {
            ["Input"] = Shares.Contains(name) ? input.sigmoid() : input,
            ["Other"] = reads ? randint(0, 5, [Samples, 1], ScalarType.Int64, generator: generator)
                : randn([Samples, 3], generator: generator),
            ["Unlabeled"] = randn([8, 1, 8, 8], generator: generator),
            ["Edges"] = randint(0, Samples, [2, 12], ScalarType.Int64, generator: generator),
            ["Cluster"] = randint(0, 5, [Samples], ScalarType.Int64, generator: generator),
            ["ClusterWeight"] = rand([Samples], generator: generator),
            ["State"] = input,
            ["Next"] = randn([Samples, 1, 8, 8], generator: generator),
            ["Memory"] = zeros([Samples, 4]),
            ["Kept"] = ones(steps),
            ["Action"] = meaning is Sac ? randn([Samples, 2], generator: generator).tanh()
                : randint(0, 5, steps, ScalarType.Int64, generator: generator),
            ["Terminated"] = arange(Samples).remainder(2).to(ScalarType.Float32),
            ["Reward"] = randn([Samples], generator: generator),
            ["Earned"] = randn([Samples], generator: generator),
            ["Advantage"] = randn(steps, generator: generator),
            ["ValueTarget"] = randn(steps, generator: generator),
            ["LogProbability"] = randn([Samples], generator: generator),
            ["Index"] = arange(Samples).add(step),
            ["UnlabeledIndex"] = arange(8).add(step),
            ["Label"] = kind switch
            {
                _ when meaning is ScheduledSampling =>
                    randint(0, 5, [Samples, 4], ScalarType.Int64, generator: generator),
                _ when meaning is Dice => randint(0, 5, [Samples, 8, 8], ScalarType.Int64, generator: generator),
                _ when meaning is MetaCleaner => arange(Samples).div(2, RoundingMode.floor),
                LabelKind.Class => randint(0, meaning is Siamese ? 2 : 5, [Samples], ScalarType.Int64, generator: generator),
                LabelKind.Identity => arange(Samples).remainder(Samples / 2),
                LabelKind.Binary => randint(0, 2, [Samples, 5], ScalarType.Int64, generator: generator),
                LabelKind.Objects => Objects(generator),
                LabelKind.Distribution => nn.functional.softmax(randn([Samples, 5], generator: generator), -1),
                _ when meaning is Glove => rand([Samples], generator: generator).add(0.5f),
                _ => randn([Samples, 5], generator: generator),
            },
        };
    }

    private static Tensor Objects(torch.Generator generator)
    {
        var classes = randint(-1, 5, [Samples, 3, 1], ScalarType.Float32, generator: generator);
        var first = rand([Samples, 3, 2], generator: generator).mul(0.4f);
        return cat([classes, first, first.add(0.3f)], -1);
    }

    private static void AssertClose(Tensor expected, Tensor actual, string what)
    {
        using var scope = NewDisposeScope();
        double error = expected.sub(actual).abs().max().to(ScalarType.Float64).item<double>();
        double scale = expected.abs().max().to(ScalarType.Float64).item<double>();
        Assert.True(error <= (1e-4 * scale) + 1e-6, $"{what}: differs by {error:g3} where the largest element is {scale:g3}");
    }
}
