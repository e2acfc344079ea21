namespace Dsl.Tests.Segmenting;

// Models whose output is their parameters: with the identity as input, the weight's gradient is the output's gradient.
[Model(3), Linear(4 * 3 * 5, Bias = false), Reshape(4, 3, 5)]
public partial class Areas;

[Model(3), Linear(5 * 3 * 5, Bias = false), Reshape(5, 3, 5)]
public partial class MoreAreas;

// Positions one behind the other, as those of a sequence are.
[Model(3), Linear(15 * 4, Bias = false), Reshape(15, 4)]
public partial class Line;

[Trainer<Areas>, Dice, Sgd(1), Steps(1)]
public partial class DiceExplicit;

[Trainer<Areas>(Backward = Backward.Autograd), Dice, Sgd(1), Steps(1)]
public partial class DiceAutograd;

[Trainer<Line>, Dice, Sgd(1), Steps(1)]
public partial class LineDice;

[Trainer<Areas>, Dice(Generalized = true), Sgd(1), Steps(1)]
public partial class GeneralizedExplicit;

[Trainer<Areas>(Backward = Backward.Autograd), Dice(Generalized = true), Sgd(1), Steps(1)]
public partial class GeneralizedAutograd;

[Trainer<Areas>, Dice(OverBatch = true), Sgd(1), Steps(1)]
public partial class BatchExplicit;

[Trainer<Areas>(Backward = Backward.Autograd), Dice(OverBatch = true), Sgd(1), Steps(1)]
public partial class BatchAutograd;

[Trainer<Areas>, Dice(OverBatch = true, Generalized = true), Sgd(1), Steps(1)]
public partial class GeneralizedBatchExplicit;

[Trainer<Areas>(Backward = Backward.Autograd), Dice(OverBatch = true, Generalized = true), Sgd(1), Steps(1)]
public partial class GeneralizedBatchAutograd;

[Trainer<Areas>, Dice(Background = false, Epsilon = 0.5), Sgd(1), Steps(1)]
public partial class ObjectsExplicit;

[Trainer<Areas>(Backward = Backward.Autograd), Dice(Background = false, Epsilon = 0.5), Sgd(1), Steps(1)]
public partial class ObjectsAutograd;

[Trainer<Areas>, CrossEntropy(PerPosition = true), Dice, Sgd(1), Steps(1)]
public partial class EntropyExplicit;

[Trainer<Areas>(Backward = Backward.Autograd), CrossEntropy(PerPosition = true), Dice, Sgd(1), Steps(1)]
public partial class EntropyAutograd;

[Trainer<Areas>, Dice, Accumulate(2), Sgd(1), Steps(1), BatchSize(2)]
public partial class AccumulatingDice;

[Trainer<MoreAreas>, CrossEntropy(PerPosition = true), Sgd(1), Steps(1)]
public partial class Scored;
