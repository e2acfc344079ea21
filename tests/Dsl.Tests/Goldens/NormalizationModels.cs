namespace Dsl.Tests.Normalizations;

[Model(10), LayerNorm]
public partial class Rows;

[Model(10), LayerNorm(Epsilon = 0.01)]
public partial class RowsEpsilon;

[Model(4, 6), LayerNorm]
public partial class Sequences;

[Model(4, 5, 5), LayerNorm(3)]
public partial class Images;

[Model(10), LayerNorm(Affine = false)]
public partial class RowsFixed;

[Model(10), LayerNorm(Bias = false)]
public partial class RowsNoBias;

[Model(4, 5, 5), GroupNorm(2)]
public partial class Groups;

[Model(4, 5, 5), GroupNorm(1, Epsilon = 0.01)]
public partial class OneGroup;

[Model(10), GroupNorm(2)]
public partial class GroupsOfRows;

[Model(4, 5, 5), GroupNorm(2, Affine = false)]
public partial class GroupsFixed;

[Model(4, 6), InstanceNorm1d]
public partial class Instances1d;

[Model(4, 6), InstanceNorm1d(Affine = true)]
public partial class Instances1dAffine;

[Model(4, 5, 5), InstanceNorm2d]
public partial class Instances2d;

[Model(4, 5, 5), InstanceNorm2d(Affine = true, Epsilon = 0.01)]
public partial class Instances2dAffine;

[Model(10), RMSNorm]
public partial class RootMeanSquare;

[Model(4, 5, 5), RMSNorm(2, Epsilon = 0.01)]
public partial class RootMeanSquareImages;

[Model(10), RMSNorm(Affine = false)]
public partial class RootMeanSquareFixed;

[Model(10), L2Normalize]
public partial class UnitRows;

[Model(4, 5, 5), L2Normalize]
public partial class UnitChannels;

[Model(4, 5, 5), L2Normalize(-1)]
public partial class UnitLast;

[Model(10), L2Normalize(Epsilon = 6)]
public partial class UnitEpsilon;

// Every normalisation between convolutions and linear layers, behind whose results memory is used again.
[Model(2, 6, 6), GroupNorm(1), Conv2d(4, 3), GroupNorm(2), Conv2d(4, 1), InstanceNorm2d, Conv2d(4, 1),
    InstanceNorm2d(Affine = true)]
[ReLU, L2Normalize, Conv2d(4, 1), LayerNorm(3), Conv2d(4, 1), RMSNorm(2), Flatten, Linear(8), LayerNorm, SiLU, Linear(8)]
[LayerNorm(Affine = false), Linear(8), RMSNorm, Linear(6), RMSNorm(Affine = false), Linear(6), L2Normalize, Linear(6),
    GroupNorm(2)]
public partial class EveryNormalization;
