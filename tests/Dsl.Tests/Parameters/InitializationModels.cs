namespace Dsl.Tests.Parameters;

[Model(400), Init(Initializer.KaimingNormal), Linear(600)]
public partial class KaimingNormalNet;

[Model(400), Init(Initializer.KaimingNormal, Fan = FanMode.Out, Nonlinearity = Nonlinearity.Tanh), Linear(600)]
public partial class KaimingFanOutNet;

[Model(400), Init(Initializer.KaimingUniform, Nonlinearity = Nonlinearity.LeakyReLU, Slope = 0.5), Linear(600)]
public partial class KaimingUniformNet;

[Model(400), Init(Initializer.XavierNormal, Gain = 2), Linear(600)]
public partial class XavierNormalNet;

[Model(400), Init(Initializer.XavierUniform), Linear(600)]
public partial class XavierUniformNet;

[Model(400), Init(Initializer.Normal), Linear(600)]
public partial class NormalNet;

[Model(400), Init(Initializer.Normal, Std = 0.02, Residuals = 8), Linear(600)]
public partial class ResidualNormalNet;

[Model(400), Init(Initializer.TruncatedNormal, Std = 0.05), Linear(600)]
public partial class TruncatedNormalNet;

[Model(400), Init(Initializer.Uniform, Bound = 0.3), Linear(600)]
public partial class UniformNet;

[Model(24), Init(Initializer.Orthogonal, Gain = 1.5), Linear(16)]
public partial class OrthogonalWide;

[Model(16), Init(Initializer.Orthogonal), Linear(24)]
public partial class OrthogonalTall;

[Model(3, 8, 8), Init(Initializer.Orthogonal, Gain = 2), Conv2d(6, 3)]
public partial class OrthogonalKernel;

[Model(4), Init(Initializer.Constant, Bias = Initializer.Constant, Value = 0.25), Linear(3)]
public partial class ConstantNet;

// Fans: KaimingUniform with gain 1 has the bound √(3/fan).
[Model(40), Linear(30), Init(Initializer.KaimingUniform, Nonlinearity = Nonlinearity.Linear)]
public partial class LinearFan;

[Model(6, 9), Conv1d(8, 5), Init(Initializer.KaimingUniform, Nonlinearity = Nonlinearity.Linear)]
public partial class Conv1dFan;

[Model(6, 9, 9), Conv2d(8, 3), Init(Initializer.KaimingUniform, Nonlinearity = Nonlinearity.Linear)]
public partial class Conv2dFan;

[Model(8, 9, 9), Conv2d(16, 3, Groups = 4), Init(Initializer.KaimingUniform, Nonlinearity = Nonlinearity.Linear)]
public partial class GroupedFan;

[Model(2, 9, 9, 9), Conv3d(4, 3), Init(Initializer.KaimingUniform, Nonlinearity = Nonlinearity.Linear)]
public partial class Conv3dFan;

[Model(6, 9, 9), ConvTranspose2d(8, 3), Init(Initializer.KaimingUniform, Nonlinearity = Nonlinearity.Linear)]
public partial class TransposedFan;

[Model(8, 9, 9), ConvTranspose2d(16, 3, Groups = 4), Init(Initializer.KaimingUniform, Nonlinearity = Nonlinearity.Linear)]
public partial class TransposedGroupedFan;

[Model(7), Tag("x"), Linear(6), Bilinear(5, With = "x"), Init(Initializer.KaimingUniform, Nonlinearity = Nonlinearity.Linear)]
public partial class BilinearFan;

[Model(40), Linear(30), Init(Initializer.KaimingUniform, Nonlinearity = Nonlinearity.Linear, Fan = FanMode.Out)]
public partial class LinearFanOut;

[Model(8, 9, 9), ConvTranspose2d(16, 3, Groups = 4),
    Init(Initializer.KaimingUniform, Nonlinearity = Nonlinearity.Linear, Fan = FanMode.Out)]
public partial class TransposedGroupedFanOut;

// Who decides: heads from the outermost in, then what stands behind a layer or a use, from the innermost out.
[Block, Init(Initializer.Constant, Value = 2)]
[Linear(4), BatchNorm1d, Linear(4), Init(Initializer.Constant, Value = 3), LayerNorm, Init(Initializer.Constant, Value = 4)]
public partial class Ruled;

[Model(4), Init(Initializer.Constant, Value = 1, Bias = Initializer.Constant),
    Init(Initializer.Constant, Value = 9, Parameter = "5.bias")]
[Linear(4), Linear(4), Init(Initializer.Constant, Value = 5, Bias = Initializer.Zero)]
[Use<Ruled>, Use<Ruled>(Times = 2), Init(Initializer.Constant, Value = 6, Parameter = "2.weight"), Linear(4)]
public partial class Rules;

// GPT-2's start: N(0, 0.02) everywhere, what ends a branch by 1/√(2L), biases 0.
[Block, LayerNorm, Linear(64), GELU, Linear(16), Init(Initializer.Normal, Residuals = 6), Residual]
public partial class Branch;

[Model(16), Init(Initializer.Normal, Std = 0.02, Bias = Initializer.Zero)]
[Use<Branch>(Times = 6), LayerNorm, Linear(10)]
public partial class GptLike;
