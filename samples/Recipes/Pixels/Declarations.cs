using Dsl;

namespace Recipes.Pixels;

/// <summary>Logits of the 17 levels of each pixel, by the pixels before it.</summary>
[Model(1, 8, 8), MaskedConv2d(64, 5, PixelMask.A), ReLU, MaskedConv2d(64, 3, PixelMask.B), ReLU]
[MaskedConv2d(64, 3, PixelMask.B), ReLU, Conv2d(17, 1)]
public partial class PixelNetwork;

[Trainer<PixelNetwork>, PixelCnn(17), Adam(1e-3), BatchSize(64, DropLast = true), Epochs(60)]
public partial class PixelTrainer;

/// <summary>The same, row by row: each state of a row is told by those of the row above.</summary>
[Model(1, 8, 8), MaskedConv2d(32, 5, PixelMask.A), Tag("first"), RowLstm(32), Add("first"), Tag("second")]
[RowLstm(32), Add("second"), ReLU, Conv2d(32, 1), ReLU, Conv2d(17, 1)]
public partial class RowNetwork;

[Trainer<RowNetwork>, PixelCnn(17), Adam(1e-3), BatchSize(64, DropLast = true), Epochs(60)]
public partial class RowTrainer;
