using Dsl.Generator.Mixings;
using Dsl.Generator.Objectives;
using Dsl.Generator.Schemes;

namespace Dsl.Generator.Tests.Architecture;

/// <summary>The networks that techniques are tried with.</summary>
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
