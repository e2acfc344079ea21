namespace Dsl.Tests.Composition;

// Each network twice: with a block that is used several times, which becomes a class of its own, and with its layers written out.
[Block]
[Tag("in"), Conv2d(Arg.Channels, 3, Padding = 1), BatchNorm2d, ReLU, Dropout(0.25), Conv2d(Arg.Channels, 3, Padding = 1),
    Tag("out")]
[From("in"), Conv2d(Arg.Channels, 1), Add("out"), ReLU]
public partial class Widening;

[Model(3, 6, 6), Conv2d(4, 3, Padding = 1)]
[Use<Widening>(Channels = 4), Use<Widening>(Channels = 6), Use<Widening>(Channels = 8), Flatten, Linear(5)]
public partial class Widened;

[Model(3, 6, 6), Conv2d(4, 3, Padding = 1)]
[Tag("in1"), Conv2d(4, 3, Padding = 1), BatchNorm2d, ReLU, Dropout(0.25), Conv2d(4, 3, Padding = 1), Tag("out1")]
[From("in1"), Conv2d(4, 1), Add("out1"), ReLU]
[Tag("in2"), Conv2d(6, 3, Padding = 1), BatchNorm2d, ReLU, Dropout(0.25), Conv2d(6, 3, Padding = 1), Tag("out2")]
[From("in2"), Conv2d(6, 1), Add("out2"), ReLU]
[Tag("in3"), Conv2d(8, 3, Padding = 1), BatchNorm2d, ReLU, Dropout(0.25), Conv2d(8, 3, Padding = 1), Tag("out3")]
[From("in3"), Conv2d(8, 1), Add("out3"), ReLU]
[Flatten, Linear(5)]
public partial class WidenedWrittenOut;

[Block, TransformerEncoderLayer(2, 16, Causal = true, NormFirst = true)]
public partial class Transforming;

[Model(5, 8), Linear(8), Use<Transforming>(Times = 3), Flatten, Linear(3)]
public partial class Transformed;

[Model(5, 8), Linear(8)]
[TransformerEncoderLayer(2, 16, Causal = true, NormFirst = true)]
[TransformerEncoderLayer(2, 16, Causal = true, NormFirst = true)]
[TransformerEncoderLayer(2, 16, Causal = true, NormFirst = true)]
[Flatten, Linear(3)]
public partial class TransformedWrittenOut;

// A block whose result is read again further down, as in a network with skip connections.
[Block, Conv2d(Arg.Channels, 3, Padding = 1), ReLU, Conv2d(Arg.Channels, 3, Padding = 1), ReLU]
public partial class Bending;

[Model(2, 8, 8), Conv2d(4, 1)]
[Use<Bending>(Channels = 4), Tag("8"), MaxPool2d(2), Use<Bending>(Channels = 6), Tag("4"), MaxPool2d(2),
    Use<Bending>(Channels = 8)]
[ConvTranspose2d(6, 2, Stride = 2), Concat("4"), Use<Bending>(Channels = 6)]
[ConvTranspose2d(4, 2, Stride = 2), Concat("8"), Use<Bending>(Channels = 4), Conv2d(2, 1), Flatten, Linear(3)]
public partial class Bent;

[Model(2, 8, 8), Conv2d(4, 1)]
[Conv2d(4, 3, Padding = 1), ReLU, Conv2d(4, 3, Padding = 1), ReLU, Tag("8"), MaxPool2d(2)]
[Conv2d(6, 3, Padding = 1), ReLU, Conv2d(6, 3, Padding = 1), ReLU, Tag("4"), MaxPool2d(2)]
[Conv2d(8, 3, Padding = 1), ReLU, Conv2d(8, 3, Padding = 1), ReLU]
[ConvTranspose2d(6, 2, Stride = 2), Concat("4"), Conv2d(6, 3, Padding = 1), ReLU, Conv2d(6, 3, Padding = 1), ReLU]
[ConvTranspose2d(4, 2, Stride = 2), Concat("8"), Conv2d(4, 3, Padding = 1), ReLU, Conv2d(4, 3, Padding = 1), ReLU]
[Conv2d(2, 1), Flatten, Linear(3)]
public partial class BentWrittenOut;
