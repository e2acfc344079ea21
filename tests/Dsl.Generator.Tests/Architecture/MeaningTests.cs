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
public class MeaningTests
{
    private const int Steps = 3, Samples = 6;

    private const string Parts = """
        using Dsl;

        namespace Demo;

        [Model(1, 8, 8)]
        [Conv2d(3, 3, Padding = 1, Bias = false), BatchNorm2d, Tanh, MaxPool2d(2), Tag("hidden", Mix = true)]
        [Flatten, Linear(5)]
        public partial class Net;

        [Model(1, 8, 8)]
        [Conv2d(3, 3, Padding = 1, Bias = false), BatchNorm2d, Tanh, MaxPool2d(2), Tag("hidden", Mix = true)]
        [Flatten, Linear(5), LogSoftmax]
        public partial class LogNet;

        [Model(1, 8, 8), Flatten, Linear(8), Tanh, Linear(5)]
        public partial class Plain;

        [Model(1, 8, 8), Flatten, Linear(8), Tanh, Tag("between"), Linear(5), Output("mean")]
        [From("between"), Linear(5), Output("spread")]
        public partial class Doubtful;

        [Model(4), Linear(64), Tanh, Reshape(1, 8, 8)]
        public partial class Maker;

        [Model(1, 8, 8), Conv2d(3, 3, Padding = 1), Tanh, Conv2d(1, 3, Padding = 1)]
        public partial class Repainter;

        [Model(1, 8, 8), Flatten, Linear(8), Tanh, Linear(1)]
        public partial class Judge;

        [Model(1, 8, 8), Input("time", Elements = Elements.Index), Tag("noisy")]
        [From("time"), TimestepEmbedding(4), Linear(6), Tag("level")]
        [From("noisy"), Conv2d(3, 3, Padding = 1, Bias = false), BatchNorm2d, FiLM("level"), Tanh, Conv2d(1, 3, Padding = 1)]
        public partial class Denoiser;

        [Model(1, 8, 8), Input("time"), Flatten, Tag("between")]
        [From("time"), TimestepEmbedding(4), Tag("when"), From("between"), Concat("when"), Linear(64), Reshape(1, 8, 8)]
        public partial class Flow;

        [Model(1, 8, 8)]
        [Conv2d(3, 3, Padding = 1, Bias = false), BatchNorm2d, Tanh, Flatten, Dropout(0.3), Linear(5)]
        public partial class Dropping;

        [Model(5), Linear(6), Tanh, Linear(5), Tanh]
        public partial class Head;

        [Model(5), Linear(6), Tanh, Linear(4)]
        public partial class TurnHead;

        [Model(5), Linear(64), Tanh, Reshape(1, 8, 8)]
        public partial class ImageDecoder;

        [Model(1, 8, 8), Conv2d(3, 3, Bias = false), BatchNorm2d, Tanh, Flatten, Linear(6)]
        public partial class Posterior;

        [Model(3), Linear(64), Tanh, Reshape(1, 8, 8)]
        public partial class LatentDecoder;

        [Model(1, 2, 2), Conv2d(3, 1, Bias = false), BatchNorm2d, Tanh, Flatten, Linear(4)]
        public partial class Cell;

        [Model(8), Linear(6), Tanh, Linear(8)]
        public partial class PlaceHead;

        [Model(1, 4, 4), Conv2d(3, 3, Bias = false), BatchNorm2d, Tanh, Flatten, Linear(4)]
        public partial class Tile;

        [Model(16), Linear(6), Tanh, Linear(6)]
        public partial class OrderHead;

        [Model(4, 20), Linear(6), Tanh, LayerNorm]
        public partial class SeenPatches;

        [Model(16, 7), Permute(2, 1), Linear(16), Permute(2, 1), Tanh, Linear(4)]
        public partial class PatchDecoder;

        [Model(8, 8), Linear(4), Tanh]
        public partial class Places;

        [Model(8, 4), Gru(5)]
        public partial class Past;

        [Model(8, 5), Linear(8, Bias = false)]
        public partial class Futures;

        [Model(8, 8), Flatten, Linear(8), Tanh, Linear(5)]
        public partial class Segments;

        [Model(5), Linear(6), Tanh, Linear(2)]
        public partial class PairHead;

        [Model(4), Linear(6), Tanh, Linear(5)]
        public partial class Frame;

        [Model(15), Linear(6), Tanh, Linear(6)]
        public partial class FrameHead;

        [Model(1, 8, 8), Conv2d(3, 3, Stride = 2, Padding = 1, Bias = false), BatchNorm2d, Tanh]
        public partial class Gray;

        [Model(3, 4, 4), Conv2d(4, 1)]
        public partial class Colors;

        [Model(3), Linear(6), Tanh, Linear(5)]
        public partial class Caption;

        [Model(3, 4), Flatten, Linear(6), Tanh, Linear(5)]
        public partial class Part;

        [Model(5), Linear(5, Bias = false)]
        public partial class Bilinear;


        [Model(1, 8, 8), MaskedConv2d(3, 3, PixelMask.A, Bias = false), BatchNorm2d, Tanh, Conv2d(3, 1)]
        public partial class Reader;

        [Model(1), Linear(4), Tanh, Linear(1), Sigmoid]
        public partial class Weigher;

        [Augmentation, RandomShift(1)]
        public partial class Weak;

        [Augmentation, RandomShift(2), GaussianNoise(0.1)]
        public partial class Strong;


        """;

    // What a name and policies do not say: arguments of constructors, a teacher's type, and numbers at which the term is not 0 in
    // three steps of an untrained network.
    private static readonly Dictionary<string, string> Declarations = new()
    {
        [nameof(DistillFeature)] = "CrossEntropy, DistillFeature<Net>(\"hidden\")",
        [nameof(ManifoldMixup)] = "ManifoldMixup(\"hidden\")",
        [nameof(FixMatch)] = "FixMatch<Weak, Strong>(Threshold = 0.1)",
        [nameof(Uda)] = "Uda<Weak, Strong>(Threshold = 0.1)",
        [nameof(PseudoLabel)] = "PseudoLabel(Threshold = 0.1)",
        [nameof(MoCo)] = "MoCo<Weak, Strong>(Queue = 16)",
        [nameof(InstanceDiscrimination)] = "InstanceDiscrimination<Weak>(Negatives = 12)",
        [nameof(Projection)] = "SimClr<Weak, Strong>, Projection<Head>",
        [nameof(SimSiam)] = "SimSiam<Weak, Strong, Head>",
        [nameof(Byol)] = "Byol<Weak, Strong, Head>",
        [nameof(NPair)] = "NPair, SamplesPerClass(2)",
        [nameof(GaussianNll)] = "GaussianNll(\"spread\", Of = \"mean\")",
        [nameof(PriorNetwork)] = "PriorNetwork(Precision = 2, OutsideWeight = 0.1)",
        [nameof(Prototypical)] = "Prototypical(Shots = 1), SamplesPerClass(2)",
        [nameof(DeepCluster)] = "DeepCluster<Weak, Head>(5)",
        [nameof(Vat)] = "Vat(Xi = 1)",
        [nameof(AdversarialTraining)] =
            "AdversarialTraining(Epsilon = 0.1, StepSize = 0.1, Steps = 2, Minimum = -9, Maximum = 9)",
        [nameof(Trades)] = "Trades(Epsilon = 0.1, StepSize = 0.1, Steps = 2, Minimum = -9, Maximum = 9, StartDeviation = 0.1)",
        [nameof(Gan)] = "Gan<Judge>",
        [nameof(Wgan)] = "Wgan<Judge>",
        [nameof(CycleGan)] = "CycleGan<Judge, Judge, Repainter>",
        [nameof(WganGp)] = "WganGp<Judge>",
        [nameof(Rotation)] = "Rotation<TurnHead>",
        [nameof(DenoisingAutoencoder)] = "DenoisingAutoencoder<ImageDecoder>",
        [nameof(Autoencoder)] = "Autoencoder<ImageDecoder>",
        [nameof(VariationalAutoencoder)] = "VariationalAutoencoder<LatentDecoder>(Likelihood = Likelihood.Gaussian)",
        [nameof(ContractiveAutoencoder)] = "ContractiveAutoencoder<ImageDecoder>",
        [nameof(VectorQuantizedAutoencoder)] = "VectorQuantizedAutoencoder<ImageDecoder>(4)",
        [nameof(RelativePosition)] = "RelativePosition<PlaceHead>(Grid = 4)",
        [nameof(Jigsaw)] = "Jigsaw<OrderHead>(Permutations = 6)",
        [nameof(MaskedAutoencoder)] = "MaskedAutoencoder<PatchDecoder>(Patch = 2)",
        [nameof(Cpc)] = "Cpc<Past, Futures>(Horizons = 2)",
        [nameof(SentenceOrder)] = "SentenceOrder<PairHead>",
        [nameof(NextSentence)] = "NextSentence<PairHead>",
        [nameof(TemporalOrder)] = "TemporalOrder<FrameHead>(3, Permutations = 6)",
        [nameof(Colorization)] = "Colorization<Colors>(Bins = 2)",
        [nameof(Clip)] = "Clip<Caption>",
        [nameof(Cola)] = "Cola<Bilinear>(8)",
        [nameof(Siamese)] = "Siamese(Margin = 2)",
        [nameof(PixelCnn)] = "PixelCnn(3)",
        [nameof(Ldam)] = "Ldam(ClassCounts = new double[] { 50, 20, 8, 3, 2 })",
        [nameof(ForwardCorrection)] = "ForwardCorrection(NoiseRate = 0.2)",
        [nameof(BackwardCorrection)] = "BackwardCorrection(NoiseRate = 0.2)",
        [nameof(MetaWeightNet)] = "MetaWeightNet<Weigher>",
        [nameof(OwnObjective)] = "",
    };

    // Samples of numbers in [0, 1].
    private static readonly IReadOnlyList<string> Shares = [nameof(PixelCnn)];

    // Samples of another shape than [1, 8, 8].
    private static readonly Dictionary<string, long[]> Shapes = new()
    {
        [nameof(Cpc)] = [8, 8],
        [nameof(SentenceOrder)] = [8, 8],
        [nameof(NextSentence)] = [8, 8],
        [nameof(TemporalOrder)] = [3, 4],
        [nameof(Cola)] = [8, 4],
        [nameof(Siamese)] = [3],
        [nameof(Colorization)] = [3, 8, 8],
    };

    // What stands on a method, and not on the class.
    private static readonly Dictionary<string, string> Members = new()
    {
        [nameof(OwnObjective)] =
            "[Objective] private static TorchSharp.torch.Tensor Own(TorchSharp.torch.Tensor prediction, "
            + "TorchSharp.torch.Tensor target) => TorchSharp.torch.maximum(0.9 * (target - prediction), -0.1 * (target - "
            + "prediction));",
    };

    private static readonly IReadOnlyList<IMeaning> Meanings =
    [
        .. typeof(IMeaning).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && new[] { typeof(Objective), typeof(Scheme), typeof(Mixing) }.Any(type.IsSubclassOf))
            .Select(type => (IMeaning)Activator.CreateInstance(type)!)
            .OrderBy(meaning => meaning.GetType().Name, StringComparer.Ordinal),
    ];

    // Networks that a technique asks for: not every one takes the statistics of a batch, or classifies.
    private static readonly Dictionary<string, string> Networks = new()
    {
        [nameof(GaussianNll)] = "Doubtful",
        [nameof(Gan)] = "Maker",
        [nameof(Wgan)] = "Maker",
        [nameof(CycleGan)] = "Repainter",
        [nameof(WganGp)] = "Maker",
        [nameof(Maml)] = "Plain",
        [nameof(LearnToReweight)] = "Plain",
        [nameof(MetaWeightNet)] = "Plain",
        [nameof(Mlnt)] = "Plain",
        [nameof(ContractiveAutoencoder)] = "Plain",
        [nameof(SimCse)] = "Dropping",
        [nameof(VariationalAutoencoder)] = "Posterior",
        [nameof(RelativePosition)] = "Cell",
        [nameof(Jigsaw)] = "Tile",
        [nameof(MaskedAutoencoder)] = "SeenPatches",
        [nameof(Cpc)] = "Places",
        [nameof(SentenceOrder)] = "Segments",
        [nameof(NextSentence)] = "Segments",
        [nameof(TemporalOrder)] = "Frame",
        [nameof(Cola)] = "Part",
        [nameof(Siamese)] = "Caption",
        [nameof(Colorization)] = "Gray",
        [nameof(Diffusion)] = "Denoiser",
        [nameof(FlowMatching)] = "Flow",
        [nameof(PixelCnn)] = "Reader",
    };

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
            Assert.True(
                Math.Abs(first.Total - second.Total) <= (1e-5 * Math.Abs(first.Total)) + 1e-6,
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
        var kind = meaning is Objective { IsLabeled: true } objective ? objective.Labels : LabelKind.Class;
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
                Assert.True(Math.Abs(first.Total - second.Total) <= (1e-4 * Math.Abs(first.Total)) + 1e-6,
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

    private static IMeaning Find(string name) => Meanings.Single(meaning => meaning.GetType().Name == name);

    private static string Declare(IMeaning meaning, bool isExplicit)
    {
        string name = meaning.GetType().Name, attribute = AttributeBinder.ShortName(meaning.Attribute.Name);
        string types = meaning.Attribute.IsGenericType
            ? $"<{string.Join(", ", new[] { "Weak", "Strong" }.Take(meaning.Attribute.GetGenericArguments().Length))}>" : "";
        string declared = Declarations.TryGetValue(name, out string? said) ? said : attribute + types;
        bool alone = meaning is Objective { IsRegularizer: false } or Scheme { StandsAlone: true, Replaces: null }
            or Scheme { IsPart: true };
        bool augments = meaning is Scheme { StandsAlone: false, IsPart: false } && types.Length == 0;
        string net = meaning is Objective { Reads: Prediction.LogProbabilities } ? "LogNet"
            : Networks.GetValueOrDefault(name, "Net");
        var learners = meaning is Scheme scheme ? scheme.Learners : [];
        string optimizers = string.Concat(learners.Select(learner => $"Sgd(0.05, For = \"{learner}\"), "));
        return $"[Trainer<{net}>(Backward = Backward.{(isExplicit ? "Explicit" : "Autograd")}), "
            + $"{(alone ? "" : "CrossEntropy, ")}{declared}{(declared.Length > 0 ? ", " : "")}"
            + $"{(augments ? "Augment<Weak>, " : "")}Sgd(0.05, Momentum = 0.9), {optimizers}BatchSize({Samples}), Steps(9)]\n"
            + $"public partial class {name}{(isExplicit ? "Explicit" : "Autograd")} {{ {Members.GetValueOrDefault(name)} }}\n\n";
    }

    private static Dictionary<string, Tensor> Data(IMeaning meaning, int step)
    {
        using var generator = new torch.Generator(31 + (ulong)step);
        var kind = meaning is Objective { IsLabeled: true } objective ? objective.Labels : LabelKind.Class;
        var input = randn([Samples, .. Shapes.GetValueOrDefault(meaning.GetType().Name, [1, 8, 8])], generator: generator);
        return new()
        {
            ["Input"] = Shares.Contains(meaning.GetType().Name) ? input.sigmoid() : input,
            ["Other"] = randn([Samples, 3], generator: generator),
            ["Unlabeled"] = randn([8, 1, 8, 8], generator: generator),
            ["Cluster"] = randint(0, 5, [Samples], ScalarType.Int64, generator: generator),
            ["ClusterWeight"] = rand([Samples], generator: generator),
            ["Index"] = arange(Samples).add(step),
            ["UnlabeledIndex"] = arange(8).add(step),
            ["Label"] = kind switch
            {
                LabelKind.Class => randint(0, meaning is Siamese ? 2 : 5, [Samples], ScalarType.Int64, generator: generator),
                LabelKind.Identity => arange(Samples).remainder(Samples / 2),
                LabelKind.Binary => randint(0, 2, [Samples, 5], ScalarType.Int64, generator: generator),
                LabelKind.Distribution => nn.functional.softmax(randn([Samples, 5], generator: generator), -1),
                _ => randn([Samples, 5], generator: generator),
            },
        };
    }

    private static void AssertClose(Tensor expected, Tensor actual, string what)
    {
        using var scope = NewDisposeScope();
        double error = expected.sub(actual).abs().max().to(ScalarType.Float64).item<double>();
        double scale = expected.abs().max().to(ScalarType.Float64).item<double>();
        Assert.True(error <= (1e-4 * scale) + 1e-6, $"{what}: differs by {error:g3} where the largest element is {scale:g3}");
    }
}
