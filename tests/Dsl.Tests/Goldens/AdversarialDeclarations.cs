namespace Dsl.Tests.Adversarial;

[Model(6), Linear(12), ReLU, Linear(10)]
public partial class Painter;

[Model(6), Linear(12, Bias = false), BatchNorm1d, ReLU, Linear(10)]
public partial class NormedPainter;

[Model(10), Linear(12), LeakyReLU(0.2), Linear(1)]
public partial class Judge;

[Model(10), Linear(12), Tanh, Linear(12), Tanh, Linear(1)]
public partial class TanhCritic;

[Model(10), Linear(12), Softplus, Linear(12), Softplus, Linear(1)]
public partial class SoftplusCritic;

[Model(6), Input("digit", Elements = Elements.Index), Tag("noise"), From("digit"), Embedding(3, 4), Tag("what")]
[From("noise"), Concat("what"), Linear(12), ReLU, Linear(10)]
public partial class ConditionalPainter;

[Model(10), Input("digit", Elements = Elements.Index), Tag("sample"), From("digit"), Embedding(3, 4), Tag("what")]
[From("sample"), Concat("what"), Linear(12), LeakyReLU(0.2), Linear(1)]
public partial class ConditionalJudge;

[Model(10), Input("digit", Elements = Elements.Index), Tag("sample"), From("digit"), Embedding(3, 4), Tag("what")]
[From("sample"), Concat("what"), Linear(12), Tanh, Linear(1)]
public partial class ConditionalCritic;

[Trainer<Painter>, Gan<Judge>, Sgd(0.05, Momentum = 0.5), Sgd(0.05, Momentum = 0.5, For = "Discriminator"), Steps(3)]
public partial class GanMlp;

[Trainer<Painter>(Backward = Backward.Autograd), Gan<Judge>]
[Sgd(0.05, Momentum = 0.5), Sgd(0.05, Momentum = 0.5, For = "Discriminator"), Steps(3)]
public partial class GanMlpAutograd;

[Trainer<NormedPainter>, Gan<Judge>, Sgd(0.05, Momentum = 0.5), Sgd(0.05, Momentum = 0.5, For = "Discriminator"), Steps(3)]
public partial class GanNormed;

[Trainer<NormedPainter>(Backward = Backward.Autograd), Gan<Judge>]
[Sgd(0.05, Momentum = 0.5), Sgd(0.05, Momentum = 0.5, For = "Discriminator"), Steps(3)]
public partial class GanNormedAutograd;

[Trainer<Painter>, Gan<Judge>(Loss = GanLoss.LeastSquares)]
[Sgd(0.05, Momentum = 0.5), Sgd(0.05, Momentum = 0.5, For = "Discriminator"), Steps(3)]
public partial class LeastSquaresGan;

[Trainer<Painter>(Backward = Backward.Autograd), Gan<Judge>(Loss = GanLoss.LeastSquares)]
[Sgd(0.05, Momentum = 0.5), Sgd(0.05, Momentum = 0.5, For = "Discriminator"), Steps(3)]
public partial class LeastSquaresGanAutograd;

[Trainer<Painter>, Gan<Judge>(Loss = GanLoss.Hinge)]
[Sgd(0.05, Momentum = 0.5), Sgd(0.05, Momentum = 0.5, For = "Discriminator"), Steps(3)]
public partial class HingeGan;

[Trainer<Painter>(Backward = Backward.Autograd), Gan<Judge>(Loss = GanLoss.Hinge)]
[Sgd(0.05, Momentum = 0.5), Sgd(0.05, Momentum = 0.5, For = "Discriminator"), Steps(3)]
public partial class HingeGanAutograd;

[Trainer<Painter>, WganGp<TanhCritic>(CriticSteps = 2)]
[Sgd(0.05, Momentum = 0.5), Sgd(0.05, Momentum = 0.5, For = "Critic"), Steps(3)]
public partial class WganGpTanh;

[Trainer<Painter>(Backward = Backward.Autograd), WganGp<TanhCritic>(CriticSteps = 2)]
[Sgd(0.05, Momentum = 0.5), Sgd(0.05, Momentum = 0.5, For = "Critic"), Steps(3)]
public partial class WganGpTanhAutograd;

[Trainer<Painter>, WganGp<SoftplusCritic>(CriticSteps = 2)]
[Sgd(0.05, Momentum = 0.5), Sgd(0.05, Momentum = 0.5, For = "Critic"), Steps(3)]
public partial class WganGpSoftplus;

[Trainer<Painter>(Backward = Backward.Autograd), WganGp<SoftplusCritic>(CriticSteps = 2)]
[Sgd(0.05, Momentum = 0.5), Sgd(0.05, Momentum = 0.5, For = "Critic"), Steps(3)]
public partial class WganGpSoftplusAutograd;

[Trainer<NormedPainter>, WganGp<TanhCritic>(CriticSteps = 2)]
[Sgd(0.05, Momentum = 0.5), Sgd(0.05, Momentum = 0.5, For = "Critic"), Steps(3)]
public partial class WganGpNormed;

[Trainer<NormedPainter>(Backward = Backward.Autograd), WganGp<TanhCritic>(CriticSteps = 2)]
[Sgd(0.05, Momentum = 0.5), Sgd(0.05, Momentum = 0.5, For = "Critic"), Steps(3)]
public partial class WganGpNormedAutograd;

[Trainer<Painter>, Gan<TanhCritic>(R1 = 3)]
[Sgd(0.05, Momentum = 0.5), Sgd(0.05, Momentum = 0.5, For = "Discriminator"), Steps(3)]
public partial class R1Gan;

[Trainer<Painter>(Backward = Backward.Autograd), Gan<TanhCritic>(R1 = 3)]
[Sgd(0.05, Momentum = 0.5), Sgd(0.05, Momentum = 0.5, For = "Discriminator"), Steps(3)]
public partial class R1GanAutograd;

[Trainer<Painter>, Wgan<TanhCritic>(Clip = 0.2, CriticSteps = 2)]
[Sgd(0.05, Momentum = 0.5), Sgd(0.05, Momentum = 0.5, For = "Critic"), Steps(3)]
public partial class ClippedWgan;

[Trainer<Painter>(Backward = Backward.Autograd), Wgan<TanhCritic>(Clip = 0.2, CriticSteps = 2)]
[Sgd(0.05, Momentum = 0.5), Sgd(0.05, Momentum = 0.5, For = "Critic"), Steps(3)]
public partial class ClippedWganAutograd;

[Trainer<ConditionalPainter>, Gan<ConditionalJudge>(Label = "digit", Classes = 3)]
[Sgd(0.05, Momentum = 0.5), Sgd(0.05, Momentum = 0.5, For = "Discriminator"), Steps(3)]
public partial class ConditionalGan;

[Trainer<ConditionalPainter>(Backward = Backward.Autograd)]
[Gan<ConditionalJudge>(Label = "digit", Classes = 3)]
[Sgd(0.05, Momentum = 0.5), Sgd(0.05, Momentum = 0.5, For = "Discriminator"), Steps(3)]
public partial class ConditionalGanAutograd;

[Trainer<ConditionalPainter>, Gan<ConditionalJudge>(Loss = GanLoss.LeastSquares, Label = "digit", Classes = 3)]
[Sgd(0.05, Momentum = 0.5), Sgd(0.05, Momentum = 0.5, For = "Discriminator"), Steps(3)]
public partial class ConditionalLeastSquaresGan;

[Trainer<ConditionalPainter>(Backward = Backward.Autograd)]
[Gan<ConditionalJudge>(Loss = GanLoss.LeastSquares, Label = "digit", Classes = 3)]
[Sgd(0.05, Momentum = 0.5), Sgd(0.05, Momentum = 0.5, For = "Discriminator"), Steps(3)]
public partial class ConditionalLeastSquaresGanAutograd;

[Trainer<ConditionalPainter>, Gan<ConditionalJudge>(Loss = GanLoss.Hinge, Label = "digit", Classes = 3)]
[Sgd(0.05, Momentum = 0.5), Sgd(0.05, Momentum = 0.5, For = "Discriminator"), Steps(3)]
public partial class ConditionalHingeGan;

[Trainer<ConditionalPainter>(Backward = Backward.Autograd)]
[Gan<ConditionalJudge>(Loss = GanLoss.Hinge, Label = "digit", Classes = 3)]
[Sgd(0.05, Momentum = 0.5), Sgd(0.05, Momentum = 0.5, For = "Discriminator"), Steps(3)]
public partial class ConditionalHingeGanAutograd;

[Trainer<ConditionalPainter>, Wgan<ConditionalCritic>(Clip = 0.2, CriticSteps = 2, Label = "digit", Classes = 3)]
[Sgd(0.05, Momentum = 0.5), Sgd(0.05, Momentum = 0.5, For = "Critic"), Steps(3)]
public partial class ConditionalWgan;

[Trainer<ConditionalPainter>(Backward = Backward.Autograd)]
[Wgan<ConditionalCritic>(Clip = 0.2, CriticSteps = 2, Label = "digit", Classes = 3)]
[Sgd(0.05, Momentum = 0.5), Sgd(0.05, Momentum = 0.5, For = "Critic"), Steps(3)]
public partial class ConditionalWganAutograd;

[Trainer<ConditionalPainter>, WganGp<ConditionalCritic>(CriticSteps = 2, Label = "digit", Classes = 3)]
[Sgd(0.05, Momentum = 0.5), Sgd(0.05, Momentum = 0.5, For = "Critic"), Steps(3)]
public partial class ConditionalWganGp;

[Trainer<ConditionalPainter>(Backward = Backward.Autograd)]
[WganGp<ConditionalCritic>(CriticSteps = 2, Label = "digit", Classes = 3)]
[Sgd(0.05, Momentum = 0.5), Sgd(0.05, Momentum = 0.5, For = "Critic"), Steps(3)]
public partial class ConditionalWganGpAutograd;
