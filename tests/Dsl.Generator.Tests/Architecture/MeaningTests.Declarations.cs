using Dsl.Generator.Mixings;
using Dsl.Generator.Objectives;
using Dsl.Generator.Schemes;

namespace Dsl.Generator.Tests.Architecture;

/// <summary>How techniques are declared that need more than their name: arguments, data.</summary>
public partial class MeaningTests
{
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
}
