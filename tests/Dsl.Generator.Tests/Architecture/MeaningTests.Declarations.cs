using Dsl.Generator.Mixings;
using Dsl.Generator.Objectives;
using Dsl.Generator.Schemes;

namespace Dsl.Generator.Tests.Architecture;

/// <summary>How techniques are declared that need more than their name: networks, arguments, data.</summary>
public partial class MeaningTests
{
    internal const string Parts = """
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

        [Model(1, 8, 8), Flatten, Linear(8), Tanh, Tag("code"), NormalSample, Linear(5)]
        public partial class Narrow;

        [Model(1, 8, 8), Conv2d(3, 3, Padding = 1, Bias = false), BatchNorm2d, Tanh, MaxPool2d(2)]
        [Conv2d(4 * 10, 3, Padding = 1), Permute(2, 3, 1), Reshape(-1, 10)]
        public partial class PriorRows;

        [Model(1, 8, 8), Conv2d(3, 3, Padding = 1, Bias = false), BatchNorm2d, Tanh, MaxPool2d(2), Conv2d(15, 3, Padding = 1)]
        public partial class Cells;

        [Model(1, 8, 8), Flatten, BayesianLinear(8), Tanh, BayesianLinear(5)]
        public partial class Weighing;

        [Model(4), Linear(64), Tanh, Reshape(1, 8, 8)]
        public partial class Maker;

        [Model(6), EdgeList, GraphConv(4), Tanh, GraphConv(3)]
        public partial class Linked;

        [Model(1, 8, 8), Conv2d(3, 3, Padding = 1), Tanh, Conv2d(1, 3, Padding = 1)]
        public partial class Repainter;

        [Model(1, 8, 8), Flatten, Linear(8), Tanh, Linear(1)]
        public partial class Judge;

        [Model(1, 8, 8), Flatten, Linear(8), Tanh, Linear(4)]
        public partial class Steering;

        [Model(1, 8, 8), Input("action", 2), Flatten, Concat("action"), Linear(8), Tanh, Linear(1)]
        public partial class SteeringJudge;

        [Model(8), Input("memory", 4), GruCell("memory"), Tag("next"), Linear(5), Output("Logits")]
        [From("next"), Linear(1), Output("Value"), From("next"), Output("Memory")]
        public partial class Rememberer;

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

        [Model(4, Elements = Elements.Index), Embedding(5, 4), Gru(5, States = States.Last), Linear(6)]
        public partial class SequencePosterior;

        [Model(3), Input("words", 4, Elements = Elements.Index), Linear(4), Tag("told"), From("words"), Embedding(7, 4)]
        [Permute(2, 1), ChannelBias("told"), Permute(2, 1), Lstm(5), Linear(5)]
        public partial class SequenceDecoder;

        [Model(3), Linear(4), Tanh]
        public partial class SecondLevel;

        [Model(2), Linear(2), Tanh]
        public partial class ThirdLevel;

        [Model(2), Linear(6), Tanh]
        public partial class FirstPrior;

        [Model(1), Linear(4), Tanh]
        public partial class SecondPrior;

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

        [Model(1, 8, 8), Conv2d(3, 3, Padding = 1, Bias = false), BatchNorm2d, Tanh, Conv2d(5, 1)]
        public partial class Painter;

        [Model(3, 4, 4), Conv2d(3 * 5, 1), Permute(2, 3, 1), Reshape(-1, 5)]
        public partial class Proposer;

        [Model(3, 3, 3), Flatten, Linear(6), Tanh, Linear(26)]
        public partial class RegionHead;

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

        [Model(1, 8, 8), Conv2d(3, 3, Bias = false), BatchNorm2d, Tanh, Flatten, Linear(6), Tanh, Tag("features"), Linear(5)]
        public partial class Featured;

        [Model(12), Linear(4), Tanh, Linear(2)]
        public partial class Comparer;

        [Model(1, 8, 8), Conv2d(3, 3, Bias = false), BatchNorm2d, Tanh, Flatten, Linear(5), Softplus]
        public partial class Evident;

        [Model(8, Elements = Elements.Index), Embedding(5, 6), Gru(6, Bidirectional = true), Linear(5)]
        public partial class Words;

        [Model(8, Elements = Elements.Index), Embedding(5, 6), Tag("words"), Gru(6), Linear(5), Output("next")]
        [From("words"), Gru(6, Reversed = true), Linear(5), Output("previous")]
        public partial class BothWays;

        [Model(1, Elements = Elements.Index), Embedding(5, 4)]
        public partial class Term;

        [Model(4, Elements = Elements.Index), Embedding(6, 4, PaddingIndex = 4)]
        public partial class Bag;

        [Model(4, Elements = Elements.Index), Embedding(5, 4), Gru(6), Linear(5)]
        public partial class Writer;

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
        [nameof(Ssd)] = "Ssd(Maps = new[] { 4 }, Scales = new[] { 0.3, 0.6 })",
        [nameof(RetinaNet)] =
            "RetinaNet(Maps = new[] { 4 }, Scales = new[] { 0.3 }, ScalesPerOctave = 2, Ratios = new[] { 1.0, 2.0 })",
        [nameof(Yolo)] = "Yolo(4)",
        [nameof(InformationBottleneck)] = "InformationBottleneck(Of = \"code\")",
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
        [nameof(HierarchicalVariationalAutoencoder)] =
            "HierarchicalVariationalAutoencoder<SecondLevel, FirstPrior, LatentDecoder>(Likelihood = Likelihood.Gaussian)",
        [nameof(ThreeLevelVariationalAutoencoder)] =
            "ThreeLevelVariationalAutoencoder<SecondLevel, ThirdLevel, FirstPrior, SecondPrior, LatentDecoder>("
            + "Likelihood = Likelihood.Gaussian)",
        [nameof(SequenceVariationalAutoencoder)] =
            "SequenceVariationalAutoencoder<SequenceDecoder>(5, WordDropout = 0.3, Unknown = 6, End = 0)",
        [nameof(ContractiveAutoencoder)] = "ContractiveAutoencoder<ImageDecoder>",
        [nameof(VectorQuantizedAutoencoder)] = "VectorQuantizedAutoencoder<ImageDecoder>(4)",
        [nameof(RelativePosition)] = "RelativePosition<PlaceHead>(Grid = 4)",
        [nameof(Jigsaw)] = "Jigsaw<OrderHead>(Permutations = 6)",
        [nameof(MaskedAutoencoder)] = "MaskedAutoencoder<PatchDecoder>(Patch = 2)",
        [nameof(Cpc)] = "Cpc<Past, Futures>(Horizons = 2)",
        [nameof(MaskedLanguageModel)] = "MaskedLanguageModel(4)",
        [nameof(BidirectionalLanguageModel)] = "BidirectionalLanguageModel(\"next\", \"previous\")",
        [nameof(SentenceOrder)] = "SentenceOrder<PairHead>",
        [nameof(NextSentence)] = "NextSentence<PairHead>",
        [nameof(TemporalOrder)] = "TemporalOrder<FrameHead>(3, Permutations = 6)",
        [nameof(Colorization)] = "Colorization<Colors>(Bins = 2)",
        [nameof(FasterRcnn)] =
            "FasterRcnn<Proposer, RegionHead>(Scales = new[] { 0.4 }, Proposals = 16, SampledRegions = 8)",
        [nameof(Clip)] = "Clip<Caption>",
        [nameof(Cola)] = "Cola<Bilinear>(8)",
        [nameof(Siamese)] = "Siamese(Margin = 2)",
        [nameof(PixelCnn)] = "PixelCnn(3)",
        [nameof(A2c)] = "A2c<Judge>(Rollout = 3, Environments = 2)",
        [nameof(RecurrentA2c)] = "RecurrentA2c(Rollout = 2, Environments = 6)",
        [nameof(Sac)] = "Sac<SteeringJudge>(Memory = 20, LearningStarts = 20)",
        [nameof(Ppo)] = "Ppo<Judge>(Rollout = 6, Environments = 2)",
        [nameof(Ldam)] = "Ldam(ClassCounts = new double[] { 50, 20, 8, 3, 2 })",
        [nameof(ForwardCorrection)] = "ForwardCorrection(NoiseRate = 0.2)",
        [nameof(BackwardCorrection)] = "BackwardCorrection(NoiseRate = 0.2)",
        [nameof(MetaWeightNet)] = "MetaWeightNet<Weigher>",
        [nameof(Swav)] = "Swav<Weak, Strong>(4)",
        [nameof(MetaCleaner)] = "MetaCleaner<Comparer>(\"features\", Subset = 2), SamplesPerClass(2)",
        [nameof(CoTeaching)] = "CoTeaching<Net>(0.4, RampUpSteps = 2)",
        [nameof(Evidential)] = "Evidential(RampUpSteps = 2)",
        [nameof(SkipGram)] = "SkipGram<Term>(WordCounts = new double[] { 4, 3, 2, 1, 1 })",
        [nameof(Cbow)] = "Cbow<Term>(WordCounts = new double[] { 4, 3, 2, 1, 1 })",
        [nameof(FastText)] = "FastText<Term>(WordCounts = new double[] { 4, 3, 2, 1, 1 })",
        [nameof(Glove)] = "Glove<Term>(Maximum = 1)",
        [nameof(ScheduledSampling)] =
            "CrossEntropy(PerPosition = true), ScheduledSampling(SamplingDecay.Exponential, 0.5, Passes = 2)",
        [nameof(OwnObjective)] = "",
    };

    // Samples of numbers in [0, 1].
    private static readonly IReadOnlyList<string> Shares = [nameof(PixelCnn)];

    // Samples of so many tokens.
    private static readonly Dictionary<string, long> Vocabularies = new()
    {
        [nameof(MaskedLanguageModel)] = 5,
        [nameof(BidirectionalLanguageModel)] = 5,
        [nameof(SkipGram)] = 5,
        [nameof(Cbow)] = 5,
        [nameof(FastText)] = 5,
        [nameof(Glove)] = 5,
        [nameof(ScheduledSampling)] = 5,
        [nameof(SequenceVariationalAutoencoder)] = 5,
    };

    // Samples of another shape than [1, 8, 8].
    private static readonly Dictionary<string, long[]> Shapes = new()
    {
        [nameof(Cpc)] = [8, 8],
        [nameof(LinkPrediction)] = [6],
        [nameof(MaskedLanguageModel)] = [8],
        [nameof(BidirectionalLanguageModel)] = [8],
        [nameof(SentenceOrder)] = [8, 8],
        [nameof(NextSentence)] = [8, 8],
        [nameof(TemporalOrder)] = [3, 4],
        [nameof(Cola)] = [8, 4],
        [nameof(Siamese)] = [3],
        [nameof(RecurrentA2c)] = [2, 8],
        [nameof(Colorization)] = [3, 8, 8],
        [nameof(SkipGram)] = [1],
        [nameof(Cbow)] = [4],
        [nameof(FastText)] = [4],
        [nameof(Glove)] = [1],
        [nameof(ScheduledSampling)] = [4],
        [nameof(SequenceVariationalAutoencoder)] = [4],
    };

    // What stands on a method, and not on the class.
    private static readonly Dictionary<string, string> Members = new()
    {
        [nameof(OwnObjective)] =
            "[Objective] private static TorchSharp.torch.Tensor Own(TorchSharp.torch.Tensor prediction, "
            + "TorchSharp.torch.Tensor target) => TorchSharp.torch.maximum(0.9 * (target - prediction), -0.1 * (target - "
            + "prediction));",
    };

    // Networks that a technique asks for: not every one takes the statistics of a batch, or classifies.
    private static readonly Dictionary<string, string> Networks = new()
    {
        [nameof(GaussianNll)] = "Doubtful",
        [nameof(Ssd)] = "PriorRows",
        [nameof(RetinaNet)] = "PriorRows",
        [nameof(Detr)] = "PriorRows",
        [nameof(Yolo)] = "Cells",
        [nameof(Dice)] = "Painter",
        [nameof(InformationBottleneck)] = "Narrow",
        [nameof(BayesByBackprop)] = "Weighing",
        [nameof(Gan)] = "Maker",
        [nameof(Wgan)] = "Maker",
        [nameof(CycleGan)] = "Repainter",
        [nameof(WganGp)] = "Maker",
        [nameof(LinkPrediction)] = "Linked",
        [nameof(Maml)] = "Plain",
        [nameof(LearnToReweight)] = "Plain",
        [nameof(MetaWeightNet)] = "Plain",
        [nameof(MetaCleaner)] = "Featured",
        [nameof(Evidential)] = "Evident",
        [nameof(Reptile)] = "Plain",
        [nameof(Mlnt)] = "Plain",
        [nameof(ContractiveAutoencoder)] = "Plain",
        [nameof(Dqn)] = "Plain",
        [nameof(Reinforce)] = "Plain",
        [nameof(A2c)] = "Plain",
        [nameof(RecurrentA2c)] = "Rememberer",
        [nameof(Ppo)] = "Plain",
        [nameof(Sac)] = "Steering",
        [nameof(SimCse)] = "Dropping",
        [nameof(VariationalAutoencoder)] = "Posterior",
        [nameof(HierarchicalVariationalAutoencoder)] = "Posterior",
        [nameof(ThreeLevelVariationalAutoencoder)] = "Posterior",
        [nameof(SequenceVariationalAutoencoder)] = "SequencePosterior",
        [nameof(RelativePosition)] = "Cell",
        [nameof(Jigsaw)] = "Tile",
        [nameof(MaskedAutoencoder)] = "SeenPatches",
        [nameof(Cpc)] = "Places",
        [nameof(MaskedLanguageModel)] = "Words",
        [nameof(BidirectionalLanguageModel)] = "BothWays",
        [nameof(SentenceOrder)] = "Segments",
        [nameof(NextSentence)] = "Segments",
        [nameof(TemporalOrder)] = "Frame",
        [nameof(Cola)] = "Part",
        [nameof(Siamese)] = "Caption",
        [nameof(Colorization)] = "Gray",
        [nameof(FasterRcnn)] = "Gray",
        [nameof(Diffusion)] = "Denoiser",
        [nameof(FlowMatching)] = "Flow",
        [nameof(PixelCnn)] = "Reader",
        [nameof(SkipGram)] = "Term",
        [nameof(Cbow)] = "Bag",
        [nameof(FastText)] = "Bag",
        [nameof(Glove)] = "Term",
        [nameof(ScheduledSampling)] = "Writer",
    };
}
