using Dsl;

namespace Recipes.NoisyLabels;

/// <summary>A network large enough to learn wrong labels by heart.</summary>
[Model(1, 8, 8), Flatten, Linear(256), ReLU, Linear(256), ReLU, Linear(10)]
public partial class Net;

/// <summary>What a sample counts by how large its loss is.</summary>
[Model(1), Linear(100), ReLU, Linear(1), Sigmoid]
public partial class Weighting;

[Trainer<Net>, CrossEntropy, Adam(1e-3), Epochs(40), BatchSize(64, DropLast = true)]
public partial class Plain;

[Trainer<Net>, CrossEntropy, LearnToReweight, Adam(1e-3), Epochs(40), BatchSize(64, Clean = 50, DropLast = true)]
public partial class Reweighted;

[Trainer<Net>, CrossEntropy, MetaWeightNet<Weighting>(InnerRate = 0.1), Adam(1e-3), Adam(1e-3, For = "Weighting")]
[Epochs(40), BatchSize(64, Clean = 50, DropLast = true)]
public partial class Weighted;

/// <summary>The same network, whose last features have a name.</summary>
[Model(1, 8, 8), Flatten, Linear(256), ReLU, Linear(256), ReLU, Tag("features"), Linear(10)]
public partial class FeatureNet;

/// <summary>What five samples of a class count, by their features.</summary>
[Model(1280), Linear(64), ReLU, Linear(5)]
public partial class SetWeighting;

[Trainer<FeatureNet>, CrossEntropy, MetaCleaner<SetWeighting>("features"), Adam(1e-3)]
[Epochs(40), BatchSize(50), SamplesPerClass(5)]
public partial class Cleaned;

[Trainer<Net>, CrossEntropy, CoTeaching<Net>(0.36), Adam(1e-3), Epochs(40), BatchSize(64, DropLast = true)]
public partial class CoTaught;

[Trainer<Net>, GeneralizedCrossEntropy, Adam(1e-3), Epochs(40), BatchSize(64, DropLast = true)]
public partial class Generalized;

[Trainer<Net>, SymmetricCrossEntropy, Adam(1e-3), Epochs(40), BatchSize(64, DropLast = true)]
public partial class Symmetric;

// Of the 40 % that are redrawn a tenth keep their class.
[Trainer<Net>, ForwardCorrection(NoiseRate = 0.36), Adam(1e-3), Epochs(40), BatchSize(64, DropLast = true)]
public partial class Corrected;

[Trainer<Net>, ForwardCorrection, Adam(1e-3), Epochs(40), BatchSize(64, DropLast = true)]
public partial class CorrectedByEstimate;

[Trainer<Net>, BackwardCorrection(NoiseRate = 0.36), Adam(1e-3), Epochs(40), BatchSize(64, DropLast = true)]
public partial class CorrectedBackward;
