namespace Dsl.Tests.Pixels;

[Model(2, 5, 6), MaskedConv2d(3, 3, PixelMask.A)]
public partial class MaskedA;

[Model(2, 5, 6), MaskedConv2d(3, 5, PixelMask.B)]
public partial class MaskedB;

[Model(3, 5, 6), MaskedConv2d(6, 3, PixelMask.A, Colors = 3)]
public partial class MaskedAColors;

[Model(6, 5, 6), MaskedConv2d(9, 3, PixelMask.B, Colors = 3, Bias = false)]
public partial class MaskedBColors;

[Model(4, 5, 6), MaskedConv2d(8, 3, PixelMask.B, Colors = 4, Dilation = 2, Groups = 2, Bias = false)]
public partial class MaskedBAllOptions;

[Model(2, 5, 6), MaskedConv2d(3, 3, PixelMask.Above)]
public partial class MaskedAbove;

[Model(2, 5, 6), MaskedConv2d(4, 3, PixelMask.Rows, Dilation = 2, Groups = 2)]
public partial class MaskedRows;

[Model(1, 5, 6), MaskedConv2d(4, 5, PixelMask.A, Bias = false), BatchNorm2d, Tanh, MaskedConv2d(4, 3, PixelMask.B), ReLU]
[Conv2d(1, 1)]
public partial class Binary;

[Model(2, 5, 6), MaskedConv2d(6, 3, PixelMask.A, Colors = 2), Tanh, MaskedConv2d(8, 3, PixelMask.B, Colors = 2)]
public partial class Levels;

[Model(1, 5, 6), Tag("image"), MaskedConv2d(4, 3, PixelMask.Above), Tanh, MaskedConv2d(4, 3, PixelMask.Rows), Tag("rows")]
[From("image"), MaskedConv2d(4, 3, PixelMask.A), Add("rows"), Tag("both"), Tanh, Tag("told")]
[From("both"), Sigmoid, Multiply("told"), MaskedConv2d(1, 3, PixelMask.B)]
public partial class Stacks;

[Model(1, 5, 6), Input("digit", Elements = Elements.Index), Tag("image"), From("digit"), Embedding(3, 4), Tag("which")]
[From("image"), MaskedConv2d(4, 3, PixelMask.A), ChannelBias("which"), Tanh, MaskedConv2d(4, 3, PixelMask.B)]
[ChannelBias("which"), Tanh, Conv2d(4, 1)]
public partial class Labelled;

[Model(2, 4, 5), RowLstm(3)]
public partial class Rows;

[Model(3, 4, 5), RowLstm(2, 5)]
public partial class RowsWide;

[Model(2, 4, 5), RowLstm(2, 1)]
public partial class RowsOne;

[Model(1, 5, 6), MaskedConv2d(4, 3, PixelMask.A), RowLstm(4), RowLstm(5), Conv2d(4, 1)]
public partial class RowStack;

[Trainer<Binary>, PixelCnn(2), Sgd(0.01, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class BinaryTrainer;

[Trainer<Binary>(Backward = Backward.Autograd), PixelCnn(2), Sgd(0.01, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class BinaryAutograd;

[Trainer<Levels>, PixelCnn(4), Sgd(0.01, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class LevelsTrainer;

[Trainer<Levels>(Backward = Backward.Autograd), PixelCnn(4), Sgd(0.01, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class LevelsAutograd;

[Trainer<Levels>, PixelCnn(4), Sgd(0.01, Momentum = 0.9), BatchSize(4), Accumulate(2), Steps(3)]
public partial class LevelsAccumulated;

[Trainer<Stacks>, PixelCnn(2), Sgd(0.01, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class StacksTrainer;

[Trainer<Stacks>(Backward = Backward.Autograd), PixelCnn(2), Sgd(0.01, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class StacksAutograd;

[Trainer<RowStack>, PixelCnn(4), Sgd(0.01, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class RowsTrainer;

[Trainer<RowStack>(Backward = Backward.Autograd), PixelCnn(4), Sgd(0.01, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class RowsAutograd;

[Trainer<Labelled>, PixelCnn(4, Label = "digit", Classes = 3), Sgd(0.01, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class LabelledTrainer;

[Trainer<Labelled>(Backward = Backward.Autograd), PixelCnn(4, Label = "digit", Classes = 3)]
[Sgd(0.01, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class LabelledAutograd;

/// <summary>Three pixels in a row, of which most differ from the one before.</summary>
[Model(1, 1, 3), MaskedConv2d(8, 5, PixelMask.A), Tanh, Conv2d(1, 1)]
public partial class Alternation;

[Trainer<Alternation>, PixelCnn(2), Adam(1e-2), BatchSize(100), Epochs(20)]
public partial class AlternationTrainer;
