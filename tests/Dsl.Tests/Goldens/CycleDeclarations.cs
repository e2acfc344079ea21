namespace Dsl.Tests.Cycles;

[Model(10), Linear(12), ReLU, Linear(10)]
public partial class Mapper;

[Model(10), Linear(12), ReLU, Linear(10), Tanh]
public partial class TanhMapper;

[Model(10), Linear(12, Bias = false), BatchNorm1d, ReLU, Linear(10)]
public partial class NormedMapper;

[Model(10), Linear(12), LeakyReLU(0.2), Linear(3)]
public partial class PatchJudge;

[Trainer<Mapper>, CycleGan<PatchJudge, PatchJudge, Mapper>(History = 4)]
[Sgd(0.02, Momentum = 0.5), Sgd(0.02, Momentum = 0.5, For = "Discriminator")]
[Sgd(0.02, Momentum = 0.5, For = "SourceDiscriminator"), Steps(3)]
public partial class Cycle;

[Trainer<Mapper>(Backward = Backward.Autograd), CycleGan<PatchJudge, PatchJudge, Mapper>(History = 4)]
[Sgd(0.02, Momentum = 0.5), Sgd(0.02, Momentum = 0.5, For = "Discriminator")]
[Sgd(0.02, Momentum = 0.5, For = "SourceDiscriminator"), Steps(3)]
public partial class CycleAutograd;

[Trainer<TanhMapper>, CycleGan<PatchJudge, PatchJudge, TanhMapper>(History = 4)]
[Sgd(0.02, Momentum = 0.5), Sgd(0.02, Momentum = 0.5, For = "Discriminator")]
[Sgd(0.02, Momentum = 0.5, For = "SourceDiscriminator"), Steps(3)]
public partial class CycleTanh;

[Trainer<TanhMapper>(Backward = Backward.Autograd), CycleGan<PatchJudge, PatchJudge, TanhMapper>(History = 4)]
[Sgd(0.02, Momentum = 0.5), Sgd(0.02, Momentum = 0.5, For = "Discriminator")]
[Sgd(0.02, Momentum = 0.5, For = "SourceDiscriminator"), Steps(3)]
public partial class CycleTanhAutograd;

[Trainer<NormedMapper>, CycleGan<PatchJudge, PatchJudge, NormedMapper>(History = 4)]
[Sgd(0.02, Momentum = 0.5), Sgd(0.02, Momentum = 0.5, For = "Discriminator")]
[Sgd(0.02, Momentum = 0.5, For = "SourceDiscriminator"), Steps(3)]
public partial class CycleNormed;

[Trainer<NormedMapper>(Backward = Backward.Autograd), CycleGan<PatchJudge, PatchJudge, NormedMapper>(History = 4)]
[Sgd(0.02, Momentum = 0.5), Sgd(0.02, Momentum = 0.5, For = "Discriminator")]
[Sgd(0.02, Momentum = 0.5, For = "SourceDiscriminator"), Steps(3)]
public partial class CycleNormedAutograd;

[Trainer<Mapper>, CycleGan<PatchJudge, PatchJudge, Mapper>(History = 0, Identity = 0)]
[Sgd(0.02, Momentum = 0.5), Sgd(0.02, Momentum = 0.5, For = "Discriminator")]
[Sgd(0.02, Momentum = 0.5, For = "SourceDiscriminator"), Steps(3)]
public partial class CyclePlain;

[Trainer<Mapper>(Backward = Backward.Autograd), CycleGan<PatchJudge, PatchJudge, Mapper>(History = 0, Identity = 0)]
[Sgd(0.02, Momentum = 0.5), Sgd(0.02, Momentum = 0.5, For = "Discriminator")]
[Sgd(0.02, Momentum = 0.5, For = "SourceDiscriminator"), Steps(3)]
public partial class CyclePlainAutograd;

[Model(2), Linear(32), ReLU, Linear(32), ReLU, Linear(2)]
public partial class PointMapper;

[Model(2), Linear(32), LeakyReLU(0.2), Linear(32), LeakyReLU(0.2), Linear(1)]
public partial class PointPatch;

[Trainer<PointMapper>, CycleGan<PointPatch, PointPatch, PointMapper>(Identity = 0), BatchSize(64), Steps(3000)]
[Adam(1e-3, Beta1 = 0.5), Adam(1e-3, Beta1 = 0.5, For = "Discriminator")]
[Adam(1e-3, Beta1 = 0.5, For = "SourceDiscriminator"), Polynomial(1)]
public partial class MoveTrainer;
