using Dsl;

namespace Soak;

// Dropout, running statistics, an average and a validation: what a run keeps, draws and frees again and again.
[Model(16), Linear(32), BatchNorm1d, ReLU, Dropout(0.1), Linear(4)]
public partial class Small;

[Trainer<Small>, CrossEntropy, Adam(1e-3), Cosine, WeightAverage, Steps(1_000_000), BatchSize(32)]
[Checkpoint(EverySteps = 10_000)]
public partial class SmallTrainer;

[ImageFolder(3, 32, 32, Resize = ImageResize.Crop)]
public partial record Picture([Label("dark", "light")] string? Kind = null);

[Model<Picture>, Conv2d(4, 3, Stride = 2), ReLU, Flatten, Linear]
public partial class PictureNet;

[Trainer<PictureNet>, CrossEntropy, Sgd(1e-3), Epochs(24), BatchSize(16)]
public partial class PictureTrainer;

// 12.6 million parameters: 50 MB, and 151 MB with Adam's moments.
[Model(1024), Linear(2048), ReLU, Linear(4096), ReLU, Linear(512), ReLU, Linear(10)]
public partial class Wide;

[Trainer<Wide>, CrossEntropy, Adam(1e-4), Steps(80), BatchSize(32), Checkpoint(EverySteps = 10)]
public partial class WideTrainer;

[Trainer<Wide>, CrossEntropy, Adam(1e-4), Steps(80), BatchSize(32), Checkpoint(EverySteps = 10, Asynchronous = false)]
public partial class WideInPlaceTrainer;
