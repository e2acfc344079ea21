using Dsl;

namespace Zoo;

/// <summary>Two convolutions, the step of every level (Ronneberger et al. 2015, arXiv 1505.04597, figure 1), padded.</summary>
[Block, Conv2d(Arg.Channels, 3, Padding = 1), ReLU, Conv2d(Arg.Channels, 3, Padding = 1), ReLU]
public partial class DoubleConv;

/// <summary>U-Net for images [1, 64, 64] and two classes a pixel: 31,030,658 parameters.</summary>
[Model(1, 64, 64)]
[Use<DoubleConv>(Channels = 64), Tag("64"), MaxPool2d(2)]
[Use<DoubleConv>(Channels = 128), Tag("32"), MaxPool2d(2)]
[Use<DoubleConv>(Channels = 256), Tag("16"), MaxPool2d(2)]
[Use<DoubleConv>(Channels = 512), Tag("8"), MaxPool2d(2)]
[Use<DoubleConv>(Channels = 1024)]
[ConvTranspose2d(512, 2, Stride = 2), Concat("8"), Use<DoubleConv>(Channels = 512)]
[ConvTranspose2d(256, 2, Stride = 2), Concat("16"), Use<DoubleConv>(Channels = 256)]
[ConvTranspose2d(128, 2, Stride = 2), Concat("32"), Use<DoubleConv>(Channels = 128)]
[ConvTranspose2d(64, 2, Stride = 2), Concat("64"), Use<DoubleConv>(Channels = 64)]
[Conv2d(2, 1)]
public partial class UNet;
