using Dsl;

namespace Retrieval;

// Finds products, whatever they are: a row of 4 + 1 + 1 numbers for each of four boxes of a cell, on maps of 8 x 8 and 4 x 4
// cells.
[Model(3, 64, 64)]
[Conv2d(12, 3, Stride = 2, Padding = 1, Bias = false), BatchNorm2d, ReLU]
[Conv2d(24, 3, Stride = 2, Padding = 1, Bias = false), BatchNorm2d, ReLU]
[Conv2d(32, 3, Stride = 2, Padding = 1, Bias = false), BatchNorm2d, ReLU, Tag("fine")]
[Conv2d(48, 3, Stride = 2, Padding = 1, Bias = false), BatchNorm2d, ReLU]
[Conv2d(4 * 6, 3, Padding = 1), Permute(2, 3, 1), Reshape(-1, 6), Tag("coarse")]
[From("fine"), Conv2d(4 * 6, 3, Padding = 1), Permute(2, 3, 1), Reshape(-1, 6), Concat("coarse")]
public partial class ProductFinder;

[Trainer<ProductFinder>, Ssd(Maps = new[] { 8, 4 }, Scales = new[] { 0.25, 0.4, 0.55 })]
[Adam(5e-3), Cosine, Epochs(10), BatchSize(32)]
public partial class FinderTrainer;

[Block, Conv2d(16, 3, Stride = 2, Padding = 1, Bias = false), BatchNorm2d, ReLU]
[Conv2d(32, 3, Stride = 2, Padding = 1, Bias = false), BatchNorm2d, ReLU]
public partial class Reader;

// Which kind of thing it is: an embedding, and eight classes, of which the last two come later.
[Model(3, 24, 24), Use<Reader>, Conv2d(32, 3, Stride = 2, Padding = 1, Bias = false), BatchNorm2d, ReLU]
[Flatten, Linear(32), Tag("embedding"), ReLU, Linear(8)]
public partial class KindNet;

[Trainer<KindNet>, CrossEntropy, Triplet(Of = "embedding", Weight = 0.5)]
[Adam(3e-3), Cosine, BatchSize(60), SamplesPerClass(10), Epochs(10)]
public partial class KindTrainer;

// The same when two kinds are added: by themselves, beside what the network said before, and beside pictures of before.
[Trainer<KindNet>, CrossEntropy, Triplet(Of = "embedding", Weight = 0.5)]
[Adam(2e-3), Cosine, BatchSize(60), SamplesPerClass(30), Epochs(8)]
public partial class AddedAlone;

[Trainer<KindNet>, CrossEntropy, LearningWithoutForgetting(Weight = 3)]
[Adam(2e-3), Cosine, BatchSize(60), Epochs(8)]
public partial class AddedByAnswers;

[Trainer<KindNet>, CrossEntropy, Triplet(Of = "embedding", Weight = 0.5), Rehearsal(300)]
[Adam(2e-3), Cosine, BatchSize(60), Epochs(8)]
public partial class AddedByRehearsal;

[Trainer<KindNet>, CrossEntropy, LearningWithoutForgetting(Weight = 3), Rehearsal(300)]
[Adam(2e-3), Cosine, BatchSize(60), Epochs(8)]
public partial class AddedByBoth;

// What it looks like: its colour and its pattern together, of any kind.
[Model(3, 24, 24), Use<Reader>, GlobalAvgPool2d, Flatten, Linear(32)]
public partial class StyleNet;

[Trainer<StyleNet>, Triplet(Margin = 0.2)]
[Adam(5e-3), Cosine, BatchSize(144), SamplesPerClass(8), Epochs(12)]
public partial class StyleTrainer;

// Looks at both pictures at once, one behind the other: are they the same product?
[Model(6, 24, 24), Use<Reader>, Conv2d(48, 3, Stride = 2, Padding = 1, Bias = false), BatchNorm2d, ReLU]
[Flatten, Linear(48), ReLU, Linear(1)]
public partial class PairNet;

[Trainer<PairNet>, BinaryCrossEntropy, Adam(3e-3), Cosine, BatchSize(64), Epochs(8)]
public partial class PairTrainer;

// Learns of what customers choose alone: which pictures belong together.
[Model(3, 24, 24), Use<Reader>, Conv2d(48, 3, Stride = 2, Padding = 1, Bias = false), BatchNorm2d, ReLU]
[Flatten, Linear(32)]
public partial class ChoiceNet;

[Trainer<ChoiceNet>, Siamese(Margin = 1), Adam(3e-3), Cosine, BatchSize(64), Epochs(8)]
public partial class ChoiceTrainer;
