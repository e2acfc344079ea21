using Dsl;

namespace Zoo;

/// <summary>Three convolutions and a shortcut (He et al. 2016, arXiv 1512.03385, figure 5), with the stride in the second, as in
/// torchvision.</summary>
[Block]
[Conv2d(Arg.Channels, 1, Bias = false), BatchNorm2d, ReLU]
[Conv2d(Arg.Channels, 3, Stride = Arg.Stride, Padding = 1, Bias = false), BatchNorm2d, ReLU]
[Conv2d(Arg.Features, 1, Bias = false), BatchNorm2d]
[Residual(Shortcut.Projection), ReLU]
[Pretrained("0", From = "conv1"), Pretrained("1", From = "bn1"), Pretrained("3", From = "conv2"), Pretrained("4", From = "bn2")]
[Pretrained("6", From = "conv3"), Pretrained("7", From = "bn3"), Pretrained("8", From = "downsample")]
public partial class Bottleneck;

/// <summary>ResNet-50 for ImageNet, under the names of torchvision's: 25,557,032 parameters.</summary>
[Model(3, 224, 224)]
[Pretrained("0", From = "conv1"), Pretrained("1", From = "bn1"), Pretrained("21", From = "fc")]
[Pretrained("4", From = "layer1.0", Times = 3), Pretrained("7", From = "layer2.0", Times = 4)]
[Pretrained("11", From = "layer3.0", Times = 6), Pretrained("17", From = "layer4.0", Times = 3)]
[Conv2d(64, 7, Stride = 2, Padding = 3, Bias = false), BatchNorm2d, ReLU, MaxPool2d(3, Stride = 2, Padding = 1)]
[Use<Bottleneck>(Channels = 64, Features = 256, Times = 3)]
[Use<Bottleneck>(Channels = 128, Features = 512, Stride = 2), Use<Bottleneck>(Channels = 128, Features = 512, Times = 3)]
[Use<Bottleneck>(Channels = 256, Features = 1024, Stride = 2), Use<Bottleneck>(Channels = 256, Features = 1024, Times = 5)]
[Use<Bottleneck>(Channels = 512, Features = 2048, Stride = 2), Use<Bottleneck>(Channels = 512, Features = 2048, Times = 2)]
[GlobalAvgPool2d, Linear(1000)]
public partial class ImageNetResNet50;
