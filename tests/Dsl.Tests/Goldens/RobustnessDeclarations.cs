using Dsl.Tests.SemiSupervised;

namespace Dsl.Tests.Robustness;

[Trainer<Mlp>, CrossEntropy, Sgd(0.1, Momentum = 0.9), Steps(3)]
[AdversarialTraining(Epsilon = 0.1, StepSize = 0.05, Steps = 3)]
public partial class PgdMlp;

[Trainer<Mlp>(Backward = Backward.Autograd), CrossEntropy, Sgd(0.1, Momentum = 0.9), Steps(3)]
[AdversarialTraining(Epsilon = 0.1, StepSize = 0.05, Steps = 3)]
public partial class PgdMlpAutograd;

[Trainer<Cnn>, CrossEntropy, Sgd(0.1, Momentum = 0.9), Steps(3)]
[AdversarialTraining(Epsilon = 0.1, StepSize = 0.05, Steps = 3)]
public partial class PgdCnn;

[Trainer<Cnn>(Backward = Backward.Autograd), CrossEntropy, Sgd(0.1, Momentum = 0.9), Steps(3)]
[AdversarialTraining(Epsilon = 0.1, StepSize = 0.05, Steps = 3)]
public partial class PgdCnnAutograd;

[Trainer<Mlp>, CrossEntropy, Sgd(0.1, Momentum = 0.9), Steps(3)]
[AdversarialTraining(Epsilon = 0.1, StepSize = 0.05, Steps = 3, RampUpSteps = 2)]
public partial class GrownPgdMlp;

[Trainer<Mlp>(Backward = Backward.Autograd), CrossEntropy, Sgd(0.1, Momentum = 0.9), Steps(3)]
[AdversarialTraining(Epsilon = 0.1, StepSize = 0.05, Steps = 3, RampUpSteps = 2)]
public partial class GrownPgdMlpAutograd;

[Trainer<Cnn>, CrossEntropy, Sgd(0.1, Momentum = 0.9), Steps(3)]
[AdversarialTraining(Epsilon = 0.1, StepSize = 0.05, Steps = 3, RampUpSteps = 2)]
public partial class GrownPgdCnn;

[Trainer<Cnn>(Backward = Backward.Autograd), CrossEntropy, Sgd(0.1, Momentum = 0.9), Steps(3)]
[AdversarialTraining(Epsilon = 0.1, StepSize = 0.05, Steps = 3, RampUpSteps = 2)]
public partial class GrownPgdCnnAutograd;

[Trainer<Mlp>, CrossEntropy, Sgd(0.1, Momentum = 0.9), Steps(3)]
[AdversarialTraining(Norm = AttackNorm.L2, Epsilon = 1, StepSize = 0.4, Steps = 3)]
public partial class PgdL2Mlp;

[Trainer<Mlp>(Backward = Backward.Autograd), CrossEntropy, Sgd(0.1, Momentum = 0.9), Steps(3)]
[AdversarialTraining(Norm = AttackNorm.L2, Epsilon = 1, StepSize = 0.4, Steps = 3)]
public partial class PgdL2MlpAutograd;

[Trainer<Cnn>, CrossEntropy, Sgd(0.1, Momentum = 0.9), Steps(3)]
[AdversarialTraining(Norm = AttackNorm.L2, Epsilon = 1, StepSize = 0.4, Steps = 3)]
public partial class PgdL2Cnn;

[Trainer<Cnn>(Backward = Backward.Autograd), CrossEntropy, Sgd(0.1, Momentum = 0.9), Steps(3)]
[AdversarialTraining(Norm = AttackNorm.L2, Epsilon = 1, StepSize = 0.4, Steps = 3)]
public partial class PgdL2CnnAutograd;

[Trainer<Mlp>, CrossEntropy, Sgd(0.1, Momentum = 0.9), Steps(3)]
[AdversarialTraining(Attack = Attack.Fgsm, Epsilon = 0.1)]
public partial class FgsmMlp;

[Trainer<Mlp>(Backward = Backward.Autograd), CrossEntropy, Sgd(0.1, Momentum = 0.9), Steps(3)]
[AdversarialTraining(Attack = Attack.Fgsm, Epsilon = 0.1)]
public partial class FgsmMlpAutograd;

[Trainer<Cnn>, CrossEntropy, Sgd(0.1, Momentum = 0.9), Steps(3)]
[AdversarialTraining(Attack = Attack.Fgsm, Epsilon = 0.1)]
public partial class FgsmCnn;

[Trainer<Cnn>(Backward = Backward.Autograd), CrossEntropy, Sgd(0.1, Momentum = 0.9), Steps(3)]
[AdversarialTraining(Attack = Attack.Fgsm, Epsilon = 0.1)]
public partial class FgsmCnnAutograd;

[Trainer<Mlp>, CrossEntropy, Sgd(0.1, Momentum = 0.9), Steps(3)]
[AdversarialTraining(Attack = Attack.Fgsm, Epsilon = 0.1, CleanShare = 0.3)]
public partial class SharedMlp;

[Trainer<Mlp>(Backward = Backward.Autograd), CrossEntropy, Sgd(0.1, Momentum = 0.9), Steps(3)]
[AdversarialTraining(Attack = Attack.Fgsm, Epsilon = 0.1, CleanShare = 0.3)]
public partial class SharedMlpAutograd;

[Trainer<Cnn>, CrossEntropy, Sgd(0.1, Momentum = 0.9), Steps(3)]
[AdversarialTraining(Attack = Attack.Fgsm, Epsilon = 0.1, CleanShare = 0.3)]
public partial class SharedCnn;

[Trainer<Cnn>(Backward = Backward.Autograd), CrossEntropy, Sgd(0.1, Momentum = 0.9), Steps(3)]
[AdversarialTraining(Attack = Attack.Fgsm, Epsilon = 0.1, CleanShare = 0.3)]
public partial class SharedCnnAutograd;

[Trainer<Mlp>, CrossEntropy, Sgd(0.1, Momentum = 0.9), Steps(3)]
[Trades(Epsilon = 0.1, StepSize = 0.05, Steps = 3, Beta = 2, StartDeviation = 0.05)]
public partial class TradesMlp;

[Trainer<Mlp>(Backward = Backward.Autograd), CrossEntropy, Sgd(0.1, Momentum = 0.9), Steps(3)]
[Trades(Epsilon = 0.1, StepSize = 0.05, Steps = 3, Beta = 2, StartDeviation = 0.05)]
public partial class TradesMlpAutograd;

[Trainer<Cnn>, CrossEntropy, Sgd(0.1, Momentum = 0.9), Steps(3)]
[Trades(Epsilon = 0.1, StepSize = 0.05, Steps = 3, Beta = 2, StartDeviation = 0.05)]
public partial class TradesCnn;

[Trainer<Cnn>(Backward = Backward.Autograd), CrossEntropy, Sgd(0.1, Momentum = 0.9), Steps(3)]
[Trades(Epsilon = 0.1, StepSize = 0.05, Steps = 3, Beta = 2, StartDeviation = 0.05)]
public partial class TradesCnnAutograd;

[Trainer<Mlp>, CrossEntropy, Sgd(0.1, Momentum = 0.9), Steps(3)]
[Trades(Norm = AttackNorm.L2, Epsilon = 1, StepSize = 0.4, Steps = 3, Beta = 2, StartDeviation = 0.05)]
public partial class TradesL2Mlp;

[Trainer<Mlp>(Backward = Backward.Autograd), CrossEntropy, Sgd(0.1, Momentum = 0.9), Steps(3)]
[Trades(Norm = AttackNorm.L2, Epsilon = 1, StepSize = 0.4, Steps = 3, Beta = 2, StartDeviation = 0.05)]
public partial class TradesL2MlpAutograd;

[Trainer<Cnn>, CrossEntropy, Sgd(0.1, Momentum = 0.9), Steps(3)]
[Trades(Norm = AttackNorm.L2, Epsilon = 1, StepSize = 0.4, Steps = 3, Beta = 2, StartDeviation = 0.05)]
public partial class TradesL2Cnn;

[Trainer<Cnn>(Backward = Backward.Autograd), CrossEntropy, Sgd(0.1, Momentum = 0.9), Steps(3)]
[Trades(Norm = AttackNorm.L2, Epsilon = 1, StepSize = 0.4, Steps = 3, Beta = 2, StartDeviation = 0.05)]
public partial class TradesL2CnnAutograd;

[Model(1, 8, 8)]
[Conv2d(3, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU, MaxPool2d(2)]
[Conv2d(4, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU, Tag("late")]
[Flatten, Linear(12), ReLU, Linear(5)]
public partial class TaggedCnn;
