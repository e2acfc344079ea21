using static TorchSharp.torch;

namespace Dsl.Tests.ImageFolders;

public enum Shape
{
    Square,
    Disk,
    Cross,
}

[ImageFolder(3, 16, 16, Resize = ImageResize.Crop), Standardize]
public partial record Sign([Label("disk", "cross", "square")] string? Kind = null);

[Model<Sign>, Conv2d(8, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU, MaxPool2d(2)]
[Conv2d(16, 3, Padding = 1), ReLU, GlobalAvgPool2d, Linear]
public partial class SignNet;

[Trainer<SignNet>, CrossEntropy, Adam(0.01), BatchSize(16), Epochs(12)]
public partial class SignTrainer;

[Trainer<SignNet>(Backward = Backward.Autograd), CrossEntropy, Adam(0.01), BatchSize(16), Epochs(12)]
public partial class SignTrainerByAutograd;

[Augmentation, RandomCrop(16, Padding = 2), HorizontalFlip, ColorJitter(Brightness = 0.2)]
public partial class SignViews;

[Trainer<SignNet>, CrossEntropy, Augment<SignViews>, WeightAverage(Decay = 0.9), EarlyStopping(Metric.Loss, Patience = 3),
    Adam(0.01), BatchSize(16), Epochs(3)]
public partial class AugmentedSignTrainer;

[Trainer<SignNet>, CrossEntropy, Accumulate(2), Adam(0.01), BatchSize(8), Epochs(2)]
public partial class AccumulatedSignTrainer;

[Trainer<SignNet>, CrossEntropy, FixMatch<SignViews, SignViews>, Adam(0.01), BatchSize(8, Unlabeled = 16), Steps(4)]
public partial class HalfLabelledSignTrainer;

// Grey, by numbers of the declaration, with an enum and a network whose forward pass is a method.
[ImageFolder(1, 12, 20, Resize = ImageResize.Pad, Background = 0xFFFFFF), Normalize(0.5, 0.25)]
public partial record Scan([Label] Shape? Kind = null);

[Model<Scan>]
public partial class ScanNet
{
    [Flatten, Linear(32), ReLU]
    private partial Tensor Hidden(Tensor x);

    [Linear, Softmax]
    private partial Tensor Head(Tensor x);

    public Tensor Forward(Tensor x) => Head(Hidden(x));
}

// The same images under other declarations, for files that must not be exchanged.
[ImageFolder(3, 16, 16, Resize = ImageResize.Stretch), Standardize]
public partial record StretchedSign([Label("disk", "cross", "square")] string? Kind = null);

[Model<StretchedSign>, Flatten, Linear]
public partial class StretchedSignNet;
