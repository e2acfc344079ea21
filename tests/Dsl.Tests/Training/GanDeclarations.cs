namespace Dsl.Tests.Gans;

[Model(4), Linear(64), ReLU, Linear(64), ReLU, Linear(2)]
public partial class PointMaker;

[Model(2), Linear(64), LeakyReLU(0.2), Linear(64), LeakyReLU(0.2), Linear(1)]
public partial class PointJudge;

[Model(8), Linear(64), Reshape(4, 4, 4), Upsample(2), Conv2d(8, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU]
[Dropout(0.1), Conv2d(1, 3, Padding = 1), Tanh]
public partial class ImageMaker;

[Model(1, 8, 8), Conv2d(8, 3, Stride = 2, Padding = 1), LeakyReLU(0.2), Dropout(0.2), Flatten, Linear(1)]
public partial class ImageJudge;

[Trainer<PointMaker>, Gan<PointJudge>(Loss = GanLoss.Hinge), BatchSize(128), Steps(1500)]
[Adam(1e-3, Beta1 = 0), Adam(2e-3, Beta1 = 0, For = "Discriminator")]
public partial class PointGan;

[Trainer<PointMaker>, WganGp<PointJudge>(Penalty = 1, CriticSteps = 4), BatchSize(128), Steps(2400)]
[Adam(1e-3, Beta1 = 0, Beta2 = 0.9), Adam(1e-3, Beta1 = 0, Beta2 = 0.9, For = "Critic")]
public partial class PointWgan;

[Trainer<PointMaker>, WganGp<PointJudge>(Penalty = 0.1, CriticSteps = 5), BatchSize(128), Steps(10000)]
[Adam(1e-3, Beta1 = 0, Beta2 = 0.9), Adam(1e-3, Beta1 = 0, Beta2 = 0.9, For = "Critic")]
public partial class RingWgan;

[Model(4), Input("cluster", Elements = Elements.Index), Tag("noise"), From("cluster"), Embedding(4, 4), Tag("which")]
[From("noise"), Concat("which"), Linear(64), ReLU, Linear(64), ReLU, Linear(2)]
public partial class ClusterMaker;

[Model(2), Input("cluster", Elements = Elements.Index), Tag("point"), From("cluster"), Embedding(4, 4), Tag("which")]
[From("point"), Concat("which"), Linear(64), LeakyReLU(0.2), Linear(64), LeakyReLU(0.2), Linear(1)]
public partial class ClusterJudge;

[Trainer<ClusterMaker>, Gan<ClusterJudge>(Loss = GanLoss.Hinge, Label = "cluster", Classes = 4), BatchSize(128), Steps(1000)]
[Adam(1e-3, Beta1 = 0), Adam(2e-3, Beta1 = 0, For = "Discriminator")]
public partial class ClusterGan;

[Trainer<PointMaker>, Wgan<PointJudge>(Clip = 0.1), BatchSize(128), Steps(5000)]
[RmsProp(5e-4), RmsProp(5e-4, For = "Critic")]
public partial class ClippedPointWgan;

[Trainer<PointMaker>, Gan<PointJudge>(R1 = 0.1), BatchSize(128), Steps(1500)]
[Adam(1e-3, Beta1 = 0), Adam(2e-3, Beta1 = 0, For = "Discriminator")]
public partial class PenalizedPointGan;

[Trainer<ImageMaker>, Gan<ImageJudge>, BatchSize(16), Steps(12), WeightAverage(Decay = 0.9), ClipGradNorm(0.5), Cosine]
[AdamW(2e-3, Beta1 = 0.5), Adam(1e-3, For = "Discriminator")]
public partial class ImageGan;

[Trainer<ImageMaker>(Backward = Backward.Autograd), Gan<ImageJudge>, BatchSize(16), Steps(12), WeightAverage(Decay = 0.9)]
[ClipGradNorm(0.5), Cosine, AdamW(2e-3, Beta1 = 0.5), Adam(1e-3, For = "Discriminator")]
public partial class ImageGanAutograd;

[Trainer<ImageMaker>, WganGp<ImageJudge>(CriticSteps = 3), BatchSize(16), Epochs(2)]
[WeightAverage(Decay = 0.5)]
[Adam(1e-3, Beta1 = 0), Adam(1e-3, Beta1 = 0, For = "Critic")]
public partial class ImageWgan;

[Trainer<ImageMaker>(Backward = Backward.Autograd), WganGp<ImageJudge>(CriticSteps = 3), BatchSize(16), Epochs(2)]
[WeightAverage(Decay = 0.5)]
[Adam(1e-3, Beta1 = 0), Adam(1e-3, Beta1 = 0, For = "Critic")]
public partial class ImageWganAutograd;

[Trainer<PointMaker>, Gan<PointJudge>, BatchSize(64), Epochs(4)]
[Adam(1e-3), Adam(1e-3, For = "Discriminator")]
public partial class WatchedGan;

[Trainer<PointMaker>, Wgan<PointJudge>(CriticSteps = 3), BatchSize(64), Epochs(4)]
[RmsProp(5e-5), RmsProp(5e-5, For = "Critic")]
public partial class WatchedWgan;
