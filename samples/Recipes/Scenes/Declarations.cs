using Dsl;

namespace Recipes.Scenes;

// A convolution, and what lets it learn fast from the start.
[Block, Conv2d(16, 3, Stride = 2, Padding = 1, Bias = false), BatchNorm2d, ReLU]
[Conv2d(32, 3, Stride = 2, Padding = 1, Bias = false), BatchNorm2d, ReLU]
[Conv2d(48, 3, Stride = 2, Padding = 1, Bias = false), BatchNorm2d, ReLU]
[Conv2d(64, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU]
public partial class Trunk;

// Six classes: a row of 4 + 1 + 6 numbers for each of four boxes of a cell, on maps of 8 x 8 and 4 x 4 cells.
[Model(3, 64, 64), Use<Trunk>, Tag("fine")]
[Conv2d(64, 3, Stride = 2, Padding = 1, Bias = false), BatchNorm2d, ReLU]
[Conv2d(4 * 11, 3, Padding = 1), Permute(2, 3, 1), Reshape(-1, 11), Tag("coarse")]
[From("fine"), Conv2d(4 * 11, 3, Padding = 1), Permute(2, 3, 1), Reshape(-1, 11), Concat("coarse")]
public partial class SsdNet;

[Trainer<SsdNet>, Ssd(Maps = new[] { 8, 4 }, Scales = new[] { 0.25, 0.4, 0.55 })]
[Adam(3e-3), Cosine, Epochs(14), BatchSize(32)]
public partial class SsdTrainer;

// Two boxes of five numbers and six classes for each of 8 x 8 cells.
[Model(3, 64, 64), Use<Trunk>]
[Conv2d(64, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU, Conv2d(2 * 5 + 6, 3, Padding = 1)]
public partial class YoloNet;

[Trainer<YoloNet>, Yolo(8), Adam(3e-3), Cosine, Epochs(14), BatchSize(32)]
public partial class YoloTrainer;

// Two stages on the map of 8 x 8 cells: six anchors of a cell, and regions of 4 x 4 cells.
[Model(3, 64, 64), Use<Trunk>]
public partial class RegionBackbone;

[Model(64, 8, 8), Conv2d(64, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU]
[Conv2d(6 * 5, 1), Permute(2, 3, 1), Reshape(-1, 5)]
public partial class RegionProposer;

[Model(64, 4, 4), Flatten, Linear(128), ReLU, Linear(1 + 5 * 6)]
public partial class RegionClassifier;

[Trainer<RegionBackbone>]
[FasterRcnn<RegionProposer, RegionClassifier>(Scales = new[] { 0.25, 0.4 }, SampledAnchors = 64, Proposals = 64,
    SampledRegions = 32)]
[Adam(3e-3), Cosine, Epochs(14), BatchSize(32)]
public partial class RegionTrainer;

// A U-Net as that of the zoo, with normalisation, an eighth of its channels and three levels; background and six classes a pixel.
[Block, Conv2d(Arg.Channels, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU]
[Conv2d(Arg.Channels, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU]
public partial class MaskLevel;

[Model(3, 64, 64)]
[Use<MaskLevel>(Channels = 8), Tag("64"), MaxPool2d(2), Use<MaskLevel>(Channels = 16), Tag("32"), MaxPool2d(2)]
[Use<MaskLevel>(Channels = 32), Tag("16"), MaxPool2d(2), Use<MaskLevel>(Channels = 64)]
[ConvTranspose2d(32, 2, Stride = 2), Concat("16"), Use<MaskLevel>(Channels = 32)]
[ConvTranspose2d(16, 2, Stride = 2), Concat("32"), Use<MaskLevel>(Channels = 16)]
[ConvTranspose2d(8, 2, Stride = 2), Concat("64"), Use<MaskLevel>(Channels = 8), Conv2d(7, 1)]
public partial class MaskNet;

[Trainer<MaskNet>, CrossEntropy(PerPosition = true), Adam(3e-3), Cosine, Epochs(10), BatchSize(16)]
public partial class EntropyMaskTrainer;

[Trainer<MaskNet>, CrossEntropy(PerPosition = true), Dice(OverBatch = true), Adam(3e-3), Cosine, Epochs(10), BatchSize(16)]
public partial class DiceMaskTrainer;
