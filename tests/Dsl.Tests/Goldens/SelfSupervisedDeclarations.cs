namespace Dsl.Tests.SelfSupervised;

[Augmentation, RandomShift(1)]
public partial class Crop;

[Model(1, 8, 8)]
[Flatten, Linear(12), ReLU, Linear(12)]
public partial class Mlp;

[Model(12), Linear(10), Tanh, Linear(8, Bias = false)]
public partial class MlpHead;

[Model(8), Linear(5), Tanh, Linear(8, Bias = false)]
public partial class MlpPredictor;

[Model(1, 8, 8)]
[Conv2d(3, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU, MaxPool2d(2)]
[Conv2d(4, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU]
[Flatten, Linear(12, Bias = false)]
public partial class Cnn;

[Model(12), Linear(10, Bias = false), BatchNorm1d, Tanh, Linear(8, Bias = false)]
public partial class CnnHead;

[Model(8), Linear(5, Bias = false), BatchNorm1d, Tanh, Linear(8, Bias = false)]
public partial class CnnPredictor;

[Trainer<Mlp>, SimClr<Crop, Crop>(Temperature = 0.5), Projection<MlpHead>]
[Sgd(0.02, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class SimClrMlp;

[Trainer<Mlp>(Backward = Backward.Autograd), SimClr<Crop, Crop>(Temperature = 0.5), Projection<MlpHead>]
[Sgd(0.02, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class SimClrMlpAutograd;

[Trainer<Cnn>, SimClr<Crop, Crop>(Temperature = 0.5), Projection<CnnHead>]
[Sgd(0.02, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class SimClrCnn;

[Trainer<Cnn>(Backward = Backward.Autograd), SimClr<Crop, Crop>(Temperature = 0.5), Projection<CnnHead>]
[Sgd(0.02, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class SimClrCnnAutograd;

[Trainer<Mlp>, SimSiam<Crop, Crop, MlpPredictor>, Projection<MlpHead>]
[Sgd(0.1, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class SimSiamMlp;

[Trainer<Mlp>(Backward = Backward.Autograd), SimSiam<Crop, Crop, MlpPredictor>, Projection<MlpHead>]
[Sgd(0.1, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class SimSiamMlpAutograd;

[Trainer<Cnn>, SimSiam<Crop, Crop, CnnPredictor>, Projection<CnnHead>]
[Sgd(0.1, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class SimSiamCnn;

[Trainer<Cnn>(Backward = Backward.Autograd), SimSiam<Crop, Crop, CnnPredictor>, Projection<CnnHead>]
[Sgd(0.1, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class SimSiamCnnAutograd;

[Trainer<Mlp>, Byol<Crop, Crop, MlpPredictor>(Ema = 0.9), Projection<MlpHead>]
[Sgd(0.02, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class ByolMlp;

[Trainer<Mlp>(Backward = Backward.Autograd), Byol<Crop, Crop, MlpPredictor>(Ema = 0.9), Projection<MlpHead>]
[Sgd(0.02, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class ByolMlpAutograd;

[Trainer<Cnn>, Byol<Crop, Crop, CnnPredictor>(Ema = 0.9), Projection<CnnHead>]
[Sgd(0.02, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class ByolCnn;

[Trainer<Cnn>(Backward = Backward.Autograd), Byol<Crop, Crop, CnnPredictor>(Ema = 0.9), Projection<CnnHead>]
[Sgd(0.02, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class ByolCnnAutograd;

[Trainer<Mlp>, BarlowTwins<Crop, Crop>, Projection<MlpHead>]
[Sgd(0.01, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class BarlowTwinsMlp;

[Trainer<Mlp>(Backward = Backward.Autograd), BarlowTwins<Crop, Crop>, Projection<MlpHead>]
[Sgd(0.01, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class BarlowTwinsMlpAutograd;

[Trainer<Cnn>, BarlowTwins<Crop, Crop>, Projection<CnnHead>]
[Sgd(0.01, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class BarlowTwinsCnn;

[Trainer<Cnn>(Backward = Backward.Autograd), BarlowTwins<Crop, Crop>, Projection<CnnHead>]
[Sgd(0.01, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class BarlowTwinsCnnAutograd;

[Trainer<Mlp>, VicReg<Crop, Crop>, Projection<MlpHead>]
[Sgd(0.002, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class VicRegMlp;

[Trainer<Mlp>(Backward = Backward.Autograd), VicReg<Crop, Crop>, Projection<MlpHead>]
[Sgd(0.002, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class VicRegMlpAutograd;

[Trainer<Cnn>, VicReg<Crop, Crop>, Projection<CnnHead>]
[Sgd(0.002, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class VicRegCnn;

[Trainer<Cnn>(Backward = Backward.Autograd), VicReg<Crop, Crop>, Projection<CnnHead>]
[Sgd(0.002, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class VicRegCnnAutograd;

[Trainer<Mlp>, SimSiam<Crop, Crop, MlpPredictor>(ConstantPredictorRate = false), Projection<MlpHead>]
[Sgd(0.1, Momentum = 0.9), BatchSize(4), Accumulate(2), Steps(3)]
public partial class SimSiamAccumulated;

[Trainer<Mlp>, SimSiam<Crop, Crop, MlpPredictor>, Projection<MlpHead>]
[Sgd(0.1, Momentum = 0.9), Cosine, ClipGradNorm(0.5), BatchSize(8), Steps(3)]
public partial class SimSiamDecaying;

[Trainer<Mlp>, SimSiam<Crop, Crop, MlpPredictor>(ConstantPredictorRate = false), Projection<MlpHead>]
[Sgd(0.1, Momentum = 0.9), Cosine, ClipGradNorm(0.5), BatchSize(8), Steps(3)]
public partial class SimSiamDecayingAll;

[Trainer<Mlp>, Byol<Crop, Crop, MlpPredictor>(Ema = 0.9), Projection<MlpHead>]
[AdamW(1e-2), BatchSize(8), Steps(6)]
public partial class ByolResumed;

[Trainer<Mlp>, MoCo<Crop, Crop>(Queue = 16), Projection<MlpHead>]
[Sgd(0.1), BatchSize(8), Steps(6)]
public partial class MoCoProjected;

[Model(12), Linear(6)]
public partial class Clusters;

[Trainer<Mlp>, DeepCluster<Crop, Clusters>(6)]
[Sgd(0.02, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class DeepClusterMlp;

[Trainer<Mlp>(Backward = Backward.Autograd), DeepCluster<Crop, Clusters>(6)]
[Sgd(0.02, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class DeepClusterMlpAutograd;

[Trainer<Cnn>, DeepCluster<Crop, Clusters>(6)]
[Sgd(0.02, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class DeepClusterCnn;

[Trainer<Cnn>(Backward = Backward.Autograd), DeepCluster<Crop, Clusters>(6)]
[Sgd(0.02, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class DeepClusterCnnAutograd;

[Trainer<Mlp>, DeepCluster<Crop, Clusters>(6, Every = 2)]
[Sgd(0.02, Momentum = 0.9), BatchSize(8), Epochs(4)]
public partial class DeepClusterRun;

[Trainer<Mlp>, Swav<Crop, Crop>(5, Epsilon = 0.3), Projection<MlpHead>, Sgd(0.02, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class SwavMlp;

[Trainer<Mlp>(Backward = Backward.Autograd), Swav<Crop, Crop>(5, Epsilon = 0.3), Projection<MlpHead>]
[Sgd(0.02, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class SwavMlpAutograd;

[Trainer<Cnn>, Swav<Crop, Crop>(5, Epsilon = 0.3), Projection<CnnHead>, Sgd(0.02, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class SwavCnn;

[Trainer<Cnn>(Backward = Backward.Autograd), Swav<Crop, Crop>(5, Epsilon = 0.3), Projection<CnnHead>]
[Sgd(0.02, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class SwavCnnAutograd;
