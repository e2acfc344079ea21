using Dsl;

namespace Recipes.LongTails;

[Block, Conv2d(16, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU, Conv2d(32, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU]
[MaxPool2d(2), Flatten, Linear(64), ReLU]
public partial class Backbone;

[Model(1, 8, 8), Use<Backbone>, Tag("features"), Linear(10)]
public partial class Net;

/// <summary>The second stage cRT: a new head on features that stay.</summary>
[Model(1, 8, 8), Use<Backbone>, Frozen, Tag("features"), Linear(10)]
public partial class Retrained;

/// <summary>The second stage LWS: a factor for each class behind a head that stays.</summary>
[Model(1, 8, 8), Use<Backbone>, Tag("features"), Linear(10), Frozen, LearnedScale]
public partial class Rescaled;

[Model(1, 8, 8), Use<Backbone>, CosineLinear(10)]
public partial class CosineNet;

[Trainer<Net>, CrossEntropy, Adam(1e-3), Epochs(60), BatchSize(32, DropLast = true)]
public partial class ByInstance;

[Trainer<Net>, CrossEntropy, ClassSampling, Adam(1e-3), Epochs(60), BatchSize(32)]
public partial class ByClass;

[Trainer<Net>, CrossEntropy, ClassSampling(0.5), Adam(1e-3), Epochs(60), BatchSize(32)]
public partial class BySquareRoot;

[Trainer<Net>, CrossEntropy, ClassSampling(Progressive = true), Adam(1e-3), Epochs(60), BatchSize(32)]
public partial class Progressively;

[Trainer<Retrained>, CrossEntropy, ClassSampling, Adam(5e-3), Epochs(30), BatchSize(32)]
public partial class RetrainedTrainer;

[Trainer<Rescaled>, CrossEntropy, ClassSampling, Adam(5e-2), Epochs(30), BatchSize(32)]
public partial class RescaledTrainer;

[Trainer<Net>, CrossEntropy(LogitAdjustment = 1), Adam(1e-3), Epochs(60), BatchSize(32, DropLast = true)]
public partial class Adjusted;

[Trainer<Net>, CrossEntropy(ClassBalance = 0.99), Adam(1e-3), Epochs(60), BatchSize(32, DropLast = true)]
public partial class Balanced;

[Trainer<CosineNet>, Ldam(ClassBalance = 0.99, DeferEpochs = 48, Scale = 10), Adam(1e-3), Epochs(60)]
[BatchSize(32, DropLast = true)]
public partial class Deferred;
