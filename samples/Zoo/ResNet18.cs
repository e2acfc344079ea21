using Dsl;

namespace Zoo;

/// <summary>Two convolutions and a shortcut (He et al. 2016, arXiv 1512.03385, figure 2).</summary>
[Block]
[Conv2d(Arg.Channels, 3, Stride = Arg.Stride, Padding = 1, Bias = false), BatchNorm2d, ReLU]
[Conv2d(Arg.Channels, 3, Padding = 1, Bias = false), BatchNorm2d]
[Residual(Shortcut.Projection), ReLU]
[Pretrained("0", From = "conv1"), Pretrained("1", From = "bn1"), Pretrained("3", From = "conv2"), Pretrained("4", From = "bn2")]
[Pretrained("5", From = "downsample")]
public partial class BasicBlock;

/// <summary>ResNet-18 with the stem for 32x32 images: 11,173,962 parameters.</summary>
[Model(3, 32, 32)]
[Conv2d(64, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU]
[Use<BasicBlock>(Channels = 64, Times = 2)]
[Use<BasicBlock>(Channels = 128, Stride = 2), Use<BasicBlock>(Channels = 128)]
[Use<BasicBlock>(Channels = 256, Stride = 2), Use<BasicBlock>(Channels = 256)]
[Use<BasicBlock>(Channels = 512, Stride = 2), Use<BasicBlock>(Channels = 512)]
[GlobalAvgPool2d, Linear(10)]
public partial class ResNet18;

/// <summary>ResNet-18 for ImageNet, under the names of torchvision's: 11,689,512 parameters.</summary>
[Model(3, 224, 224)]
[Pretrained("0", From = "conv1"), Pretrained("1", From = "bn1"), Pretrained("13", From = "fc")]
[Pretrained("4", From = "layer1.0", Times = 2), Pretrained("6", From = "layer2.0", Times = 2)]
[Pretrained("8", From = "layer3.0", Times = 2), Pretrained("10", From = "layer4.0", Times = 2)]
[Conv2d(64, 7, Stride = 2, Padding = 3, Bias = false), BatchNorm2d, ReLU, MaxPool2d(3, Stride = 2, Padding = 1)]
[Use<BasicBlock>(Channels = 64, Times = 2)]
[Use<BasicBlock>(Channels = 128, Stride = 2), Use<BasicBlock>(Channels = 128)]
[Use<BasicBlock>(Channels = 256, Stride = 2), Use<BasicBlock>(Channels = 256)]
[Use<BasicBlock>(Channels = 512, Stride = 2), Use<BasicBlock>(Channels = 512)]
[GlobalAvgPool2d, Linear(1000)]
public partial class ImageNetResNet18;
