using Dsl;

namespace Recipes.Continual;

/// <summary>One head for all tasks.</summary>
[Model(64), Linear(100), ReLU, Linear(100), ReLU, Linear(10)]
public partial class Net;

[Trainer<Net>, CrossEntropy, Adam(1e-3), BatchSize(64, DropLast = true), Epochs(40)]
public partial class Plain;

[Trainer<Net>, CrossEntropy, Ewc(100, Labels = FisherLabels.Sampled, Samples = 300)]
[Adam(1e-3), BatchSize(64, DropLast = true), Epochs(40)]
public partial class Consolidating;

[Trainer<Net>, CrossEntropy, Ewc(100, Labels = FisherLabels.Sampled, Samples = 300, Online = true)]
[Adam(1e-3), BatchSize(64, DropLast = true), Epochs(40)]
public partial class ConsolidatingOnline;

[Trainer<Net>, CrossEntropy, LearningWithoutForgetting, Adam(1e-3), BatchSize(64, DropLast = true), Epochs(40)]
public partial class Unforgetting;

[Trainer<Net>, CrossEntropy, Rehearsal(200), Adam(1e-3), BatchSize(64, DropLast = true), Epochs(40)]
public partial class Rehearsing;
