namespace Dsl.Generator.Tests;

/// <summary>Declarations that cover the language, shared by tests.</summary>
internal static class Samples
{
    public const string Cnn = """
        [Model(1, 8, 8)]
        [Conv2d(16, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU, MaxPool2d(2), Dropout(0.5)]
        [Flatten, Linear(10)]
        public partial class Cnn;

        """;

    public const string Mlp = """
        [Model(784), Linear(256), ReLU, Linear(10)]
        public partial class Mlp;

        """;

    public const string Residual = """
        [Block]
        [Conv2d(Arg.Channels, 3, Stride = Arg.Stride, Padding = 1, Bias = false), BatchNorm2d, ReLU]
        [Conv2d(Arg.Channels, 3, Padding = 1, Bias = false), BatchNorm2d]
        [Residual(Shortcut.Projection), ReLU]
        public partial class BasicBlock;

        [Model(3, 8, 8)]
        [Conv2d(4, 3, Padding = 1), Use<BasicBlock>(Channels = 4), Use<BasicBlock>(Channels = 8, Stride = 2)]
        [Tag("features"), Conv2d(2, 1), Concat("features"), Flatten, Linear(10)]
        public partial class SmallResNet;

        """;

    public const string Trainers = """
        [Trainer<Mlp>, CrossEntropy, Adam(1e-3), Epochs(20)]
        public partial class Supervised;

        [Trainer<Mlp>]
        [Distill(Temperature = 4, Weight = 0.9), CrossEntropy(Weight = 0.1)]
        [Sgd(0.1, Momentum = 0.9, Nesterov = true, WeightDecay = 5e-4), Cosine(WarmupEpochs = 1), ClipGradNorm(1)]
        public partial class DistillTrainer;

        [Augmentation, RandomShift(1)]
        public partial class Weak;

        [Trainer<Cnn>]
        [CrossEntropy, MeanTeacher(Ema = 0.99, RampUpSteps = 100), Augment<Weak>]
        [AdamW(3e-4, WeightDecay = 0.05), Step(5), Steps(600), Seed(-7), BatchSize(32, Unlabeled = 64, DropLast = true)]
        public partial class SemiSupervised;

        [Trainer<Mlp>(Backward = Backward.Autograd), Distill(Temperature = 2), Adam, Constant(WarmupSteps = 5), Epochs(1)]
        public partial class Autograd;

        """;

    public const string Tables = """
        public enum Kind { Small, Large }

        [Table(Separator = ';', Decimal = ',', Missing = ["?"]), Standardize]
        public partial record Flower(
            float Length, [MinMax(-1, 1), Impute(Statistic.Median, Indicator = true)] double? Width, Kind Kind,
            [Column("colour"), Categories("red", "blue", Other = true)] string Color, [Impute(1)] bool? IsOpen, [Ignore] string? Note,
            [Label("wild", "bred")] string? Origin = null)
        {
            [Categories(1, 2), Impute(2)]
            public int? Garden { get; init; }
        }

        [Model<Flower>, Linear(8), ReLU, Linear]
        public partial class FlowerNet;

        [Trainer<FlowerNet>, CrossEntropy, Adam(1e-2), Epochs(3)]
        public partial class FlowerTrainer;

        """;

    public const string Images = """
        [ImageFolder(3, 32, 24, Resize = ImageResize.Crop, Background = 0xFFFFFF), Standardize]
        public partial record Leaf([Label("oak", "elm", "ash")] string? Tree = null);

        [Model<Leaf>, Conv2d(8, 3), ReLU, GlobalAvgPool2d, Linear]
        public partial class LeafNet;

        [Augmentation, HorizontalFlip]
        public partial class LeafViews;

        [Trainer<LeafNet>, CrossEntropy, Augment<LeafViews>, Adam(1e-2), Epochs(3)]
        public partial class LeafTrainer;

        """;

    public const string Header = """
        using Dsl;

        namespace Demo;


        """;

    public const string All = Header + Cnn + Mlp + Residual + Trainers + Tables + Images;
}
