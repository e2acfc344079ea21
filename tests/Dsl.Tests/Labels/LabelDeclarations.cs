namespace Dsl.Tests.Labels;

[Model(3), Linear(1)]
public partial class Line;

[Trainer<Line>, Huber(Delta = 5), Adam(0.05), Epochs(60), BatchSize(32), EarlyStopping(Metric.Loss)]
public partial class LineExplicit;

[Trainer<Line>(Backward = Backward.Autograd), Huber(Delta = 5), Adam(0.05), Epochs(60), BatchSize(32), EarlyStopping(Metric.Loss)]
public partial class LineAutograd;

[Trainer<Line>, BinaryCrossEntropy, Adam(0.05), Epochs(30), BatchSize(32), EarlyStopping(Metric.Accuracy)]
public partial class HalfSpace;

[Model(3), Linear(4)]
public partial class Four;

[Trainer<Four>, MultiLabel, Adam(0.05), Epochs(30), BatchSize(32)]
public partial class Tags;

[Trainer<Four>, KlDivergence, Adam(0.05), Epochs(30), BatchSize(32)]
public partial class Imitation;

[Trainer<Four>, CrossEntropy(LabelSmoothing = 0.2, Smoothing = Smoothing.Unigram), Sgd(0.1), Epochs(1), BatchSize(32)]
public partial class Counted;

[Trainer<Four>, CrossEntropy(LabelSmoothing = 0.2, Smoothing = Smoothing.Unigram, ClassFrequencies = new[] { 4.0, 3, 2, 1 }),
    Sgd(0.1), Epochs(1), BatchSize(32)]
public partial class Given;

[Model(6, 3), Linear(4)]
public partial class Sequence;

[Trainer<Sequence>, DisturbLabel(PerPosition = true), Sgd(0.1), Steps(3)]
public partial class DisturbedTokensExplicit;

[Trainer<Sequence>(Backward = Backward.Autograd), DisturbLabel(PerPosition = true), Sgd(0.1), Steps(3)]
public partial class DisturbedTokensAutograd;

[Trainer<Sequence>, KlDivergence(PerPosition = true), Sgd(0.1), Steps(3)]
public partial class TokenDistributions;
