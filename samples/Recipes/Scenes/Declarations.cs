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

// What a RetinaNet says of each of nine anchors of a cell; both heads have one weight on all maps, and biases of their own.
[Block, Conv2d(48, 3, Padding = 1, Share = "boxes"), ReLU, Conv2d(9 * 4, 3, Padding = 1, Share = "offsets")]
[Permute(2, 3, 1), Reshape(-1, 4)]
public partial class OffsetHead;

[Block, Conv2d(48, 3, Padding = 1, Share = "kinds"), ReLU, Conv2d(9 * 6, 3, Padding = 1, Share = "classes")]
[Init(Initializer.Normal, Std = 0.01, Bias = Initializer.Constant, Value = -4.595), Permute(2, 3, 1), Reshape(-1, 6)]
public partial class ClassHead;

// A pyramid of maps of 8 x 8 and 4 x 4 cells: the coarse one is added to the fine one.
[Model(3, 64, 64), Use<Trunk>, Tag("fine")]
[Conv2d(64, 3, Stride = 2, Padding = 1, Bias = false), BatchNorm2d, ReLU, Conv2d(48, 1), Tag("p4"), Upsample(2), Tag("above")]
[From("fine"), Conv2d(48, 1), Add("above"), Conv2d(48, 3, Padding = 1), Tag("p8")]
[From("p4"), Use<OffsetHead>, Tag("offsets4"), From("p8"), Use<OffsetHead>, Concat("offsets4"), Permute(2, 1), Tag("offsets")]
[From("p4"), Use<ClassHead>, Tag("classes4"), From("p8"), Use<ClassHead>, Concat("classes4"), Permute(2, 1), Tag("classes")]
[From("offsets"), Concat("classes"), Permute(2, 1)]
public partial class PyramidNet;

[Trainer<PyramidNet>, RetinaNet(Maps = new[] { 8, 4 }, Scales = new[] { 0.2, 0.4 })]
[Adam(3e-3), Cosine(WarmupSteps = 50), ClipGradNorm(10), Epochs(14), BatchSize(32)]
public partial class RetinaNetTrainer;

// Twelve queries look at the 64 places of a map, and each says one object or none, after either of two layers.
[Model(3, 64, 64), Use<Trunk>, Reshape(64, 64), Permute(2, 1), PositionalEmbedding]
[TransformerEncoderLayer(4, 128, Dropout = 0), Tag("memory"), LearnedConstant(12, 1, 64), Reshape(12, 64)]
[TransformerDecoderLayer(4, 128, Causal = false, Dropout = 0), Tag("first")]
[TransformerDecoderLayer(4, 128, Causal = false, Dropout = 0), Tag("second")]
[From("first"), Linear(4 + 1 + 6, Share = "head"), Tag("early"), From("second"), Linear(4 + 1 + 6, Share = "head")]
public partial class DetrNet;

[Trainer<DetrNet>, Detr, Detr(Of = "early"), AdamW(1e-3), Cosine(WarmupSteps = 100), ClipGradNorm(1), Epochs(30), BatchSize(32)]
public partial class DetrTrainer;

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
