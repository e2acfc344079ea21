namespace Dsl.Tests.Losses;

[Trainer<Logits>]
[CrossEntropy(ClassBalance = 0.99, ClassCounts = new double[] { 500, 320, 200, 120, 80, 45, 30, 18, 9, 5 }), Sgd(1), Steps(1)]
public partial class BalancedExplicit;

[Trainer<Logits>(Backward = Backward.Autograd)]
[CrossEntropy(ClassBalance = 0.99, ClassCounts = new double[] { 500, 320, 200, 120, 80, 45, 30, 18, 9, 5 }), Sgd(1), Steps(1)]
public partial class BalancedAutograd;

[Trainer<Logits>]
[CrossEntropy(ClassBalance = 1, ClassCounts = new double[] { 500, 320, 200, 120, 80, 45, 30, 18, 9, 5 }), Sgd(1), Steps(1)]
public partial class InverseExplicit;

[Trainer<Logits>(Backward = Backward.Autograd)]
[CrossEntropy(ClassBalance = 1, ClassCounts = new double[] { 500, 320, 200, 120, 80, 45, 30, 18, 9, 5 }), Sgd(1), Steps(1)]
public partial class InverseAutograd;

[Trainer<Logits>]
[Focal(ClassBalance = 0.99, ClassCounts = new double[] { 500, 320, 200, 120, 80, 45, 30, 18, 9, 5 }), Sgd(1), Steps(1)]
public partial class BalancedFocalExplicit;

[Trainer<Logits>(Backward = Backward.Autograd)]
[Focal(ClassBalance = 0.99, ClassCounts = new double[] { 500, 320, 200, 120, 80, 45, 30, 18, 9, 5 }), Sgd(1), Steps(1)]
public partial class BalancedFocalAutograd;

[Trainer<Logits>]
[CrossEntropy(LogitAdjustment = 1, ClassCounts = new double[] { 500, 320, 200, 120, 80, 45, 30, 18, 9, 5 }), Sgd(1), Steps(1)]
public partial class AdjustedExplicit;

[Trainer<Logits>(Backward = Backward.Autograd)]
[CrossEntropy(LogitAdjustment = 1, ClassCounts = new double[] { 500, 320, 200, 120, 80, 45, 30, 18, 9, 5 }), Sgd(1), Steps(1)]
public partial class AdjustedAutograd;

[Trainer<Logits>, Ldam(ClassCounts = new double[] { 500, 320, 200, 120, 80, 45, 30, 18, 9, 5 }), Sgd(1), Steps(1)]
public partial class LdamMarginsExplicit;

[Trainer<Logits>(Backward = Backward.Autograd)]
[Ldam(ClassCounts = new double[] { 500, 320, 200, 120, 80, 45, 30, 18, 9, 5 }), Sgd(1), Steps(1)]
public partial class LdamMarginsAutograd;

[Trainer<Logits>]
[Ldam(ClassBalance = 0.99, ClassCounts = new double[] { 500, 320, 200, 120, 80, 45, 30, 18, 9, 5 }), Sgd(1), Steps(1)]
public partial class LdamWeightsExplicit;

[Trainer<Logits>(Backward = Backward.Autograd)]
[Ldam(ClassBalance = 0.99, ClassCounts = new double[] { 500, 320, 200, 120, 80, 45, 30, 18, 9, 5 }), Sgd(1), Steps(1)]
public partial class LdamWeightsAutograd;

// Its classes are counted, in the data of the test.
[Trainer<Logits>]
[Ldam(ClassBalance = 0.99, DeferSteps = 1), Sgd(1), Steps(3)]
public partial class LdamCounted;

[Trainer<Logits>]
[CrossEntropy(LogitAdjustment = 1), ClassSampling(0.5, Progressive = true), BatchSize(4), Sgd(0.1), Epochs(4)]
public partial class AdjustedCounted;

[Trainer<Logits>, CrossEntropy(ClassBalance = 0.99), Accumulate(2), BatchSize(4), Sgd(0.1), Epochs(2)]
public partial class BalancedWindows;

[Model(7), Linear(6), Tanh, CosineLinear(5)]
public partial class Cosines;

[Trainer<Cosines>]
[Ldam(ClassBalance = 0.95, DeferSteps = 1, Scale = 10, ClassCounts = new double[] { 200, 90, 40, 12, 5 }), Sgd(0.3), Steps(3)]
public partial class DeferredExplicit;

[Trainer<Cosines>(Backward = Backward.Autograd)]
[Ldam(ClassBalance = 0.95, DeferSteps = 1, Scale = 10, ClassCounts = new double[] { 200, 90, 40, 12, 5 }), Sgd(0.3), Steps(3)]
public partial class DeferredAutograd;
