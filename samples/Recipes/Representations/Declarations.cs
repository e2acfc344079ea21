using Dsl;

namespace Recipes.Representations;

[Augmentation, RandomShift(1), RandomRotation(20), RandomScale(0.85, 1.15), GaussianNoise(0.1), Cutout(3)]
public partial class View;

/// <summary>The demo's convolutional network up to its features.</summary>
[Model(1, 8, 8)]
[Conv2d(16, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU]
[Conv2d(32, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU, MaxPool2d(2)]
[Flatten, Linear(64), ReLU]
public partial class Encoder;

[Model(64), Linear(64, Bias = false), BatchNorm1d, ReLU, Linear(32)]
public partial class Head;

/// <summary>The same with batch normalisation at its end, as SimSiam asks for.</summary>
[Model(64), Linear(64, Bias = false), BatchNorm1d, ReLU, Linear(32, Bias = false), BatchNorm1d]
public partial class NormalizedHead;

[Model(32), Linear(64, Bias = false), BatchNorm1d, ReLU, Linear(32)]
public partial class Predictor;

/// <summary>Encoder and head in one, for objectives of embeddings.</summary>
[Model(1, 8, 8)]
[Conv2d(16, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU]
[Conv2d(32, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU, MaxPool2d(2)]
[Flatten, Linear(64), ReLU, Tag("features")]
[Linear(64, Bias = false), BatchNorm1d, ReLU, Linear(32)]
public partial class Embedder;

/// <summary>The same for classes.</summary>
[Model(1, 8, 8)]
[Conv2d(16, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU]
[Conv2d(32, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU, MaxPool2d(2)]
[Flatten, Linear(64), ReLU, Tag("features")]
[Linear(10)]
public partial class Classifier;

[Trainer<Classifier>, CrossEntropy, Augment<View>, Probe(Of = "features")]
[Adam(2e-3), Steps(500), BatchSize(128, DropLast = true)]
public partial class Supervised;

[Trainer<Encoder>, SimClr<View, View>(Temperature = 0.5), Projection<Head>, Probe]
[Adam(2e-3), Steps(500), BatchSize(128, DropLast = true)]
public partial class ByContrast;

[Trainer<Encoder>, MoCo<View, View>(Queue = 1024, Momentum = 0.99, Temperature = 0.2), Projection<Head>, Probe]
[Adam(2e-3), Steps(500), BatchSize(128, DropLast = true)]
public partial class ByQueue;

[Trainer<Encoder>, Byol<View, View, Predictor>(Ema = 0.98), Projection<Head>, Probe]
[Adam(2e-3), Steps(500), BatchSize(128, DropLast = true)]
public partial class ByAverage;

[Trainer<Encoder>, SimSiam<View, View, Predictor>, Projection<NormalizedHead>, Probe]
[Adam(2e-3), Steps(500), BatchSize(128, DropLast = true)]
public partial class ByPrediction;

/// <summary>A head of 256 classes that no one names.</summary>
[Model(64), Linear(64), GELU, Linear(32), L2Normalize, Linear(256, Bias = false)]
public partial class ClassHead;

[Trainer<Encoder>, Dino<View, View>(Ema = 0.98), Projection<ClassHead>, Probe]
[Adam(2e-3), Steps(500), BatchSize(128, DropLast = true)]
public partial class ByOwnClasses;

[Trainer<Encoder>, InstanceDiscrimination<View>(Temperature = 0.1, Negatives = 0), Projection<Head>, Probe]
[Adam(2e-3), Steps(500), BatchSize(128, DropLast = true)]
public partial class ByInstances;

[Trainer<Encoder>, BarlowTwins<View, View>, Projection<Head>, Probe]
[Adam(2e-3), Steps(500), BatchSize(128, DropLast = true)]
public partial class ByCorrelation;

[Trainer<Encoder>, VicReg<View, View>, Projection<Head>, Probe]
[Adam(2e-3), Steps(500), BatchSize(128, DropLast = true)]
public partial class ByVariance;

[Trainer<Embedder>, NPair(LengthPenalty = 0.01), Augment<View>, Probe(Of = "features")]
[Adam(2e-3), Steps(500), BatchSize(20), SamplesPerClass(2)]
public partial class ByPairs;

[Trainer<Embedder>, Triplet(Margin = 0.2), Augment<View>, Probe(Of = "features")]
[Adam(2e-3), Steps(500), BatchSize(128, DropLast = true), SamplesPerClass(16)]
public partial class BySemiHardTriplets;

[Trainer<Embedder>, Triplet(Margin = 0.2, Mining = TripletMining.BatchAll), Augment<View>, Probe(Of = "features")]
[Adam(2e-3), Steps(500), BatchSize(128, DropLast = true), SamplesPerClass(16)]
public partial class ByAllTriplets;

[Trainer<Embedder>, Triplet(Margin = 0.2, Mining = TripletMining.BatchHard), Augment<View>, Probe(Of = "features")]
[Adam(2e-3), Steps(500), BatchSize(128, DropLast = true), SamplesPerClass(16)]
public partial class ByHardTriplets;
