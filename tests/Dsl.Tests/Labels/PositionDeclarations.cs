namespace Dsl.Tests.Labels;

[Model(6, 3), Linear(10)]
public partial class TokenClasses;

[Model(3, 4, 5), Conv2d(10, 1)]
public partial class PixelClasses;

[Trainer<TokenClasses>, CrossEntropy(
    PerPosition = true, ClassWeights = new[] { 0.5, 1.0, 2.0, 1.0, 0.25, 3.0, 1.0, 1.5, 1.0, 0.75 }), Sgd(1), Steps(1)]
public partial class TokenWeights;

[Trainer<TokenClasses>(Backward = Backward.Autograd)]
[CrossEntropy(PerPosition = true, ClassWeights = new[] { 0.5, 1.0, 2.0, 1.0, 0.25, 3.0, 1.0, 1.5, 1.0, 0.75 }), Sgd(1), Steps(1)]
public partial class TokenWeightsAutograd;

[Trainer<TokenClasses>, CrossEntropy(PerPosition = true, LabelSmoothing = 0.2), Sgd(1), Steps(1)]
public partial class TokenSmoothing;

[Trainer<TokenClasses>(Backward = Backward.Autograd), CrossEntropy(PerPosition = true, LabelSmoothing = 0.2), Sgd(1), Steps(1)]
public partial class TokenSmoothingAutograd;

[Trainer<TokenClasses>]
[CrossEntropy(PerPosition = true, LabelSmoothing = 0.2,
    ClassWeights = new[] { 0.5, 1.0, 2.0, 1.0, 0.25, 3.0, 1.0, 1.5, 1.0, 0.75 }), Sgd(1), Steps(1)]
public partial class TokenWeightsSmoothing;

[Trainer<TokenClasses>(Backward = Backward.Autograd)]
[CrossEntropy(PerPosition = true, LabelSmoothing = 0.2,
    ClassWeights = new[] { 0.5, 1.0, 2.0, 1.0, 0.25, 3.0, 1.0, 1.5, 1.0, 0.75 }), Sgd(1), Steps(1)]
public partial class TokenWeightsSmoothingAutograd;

[Trainer<PixelClasses>, CrossEntropy(
    PerPosition = true, ClassWeights = new[] { 0.5, 1.0, 2.0, 1.0, 0.25, 3.0, 1.0, 1.5, 1.0, 0.75 }), Sgd(1), Steps(1)]
public partial class PixelWeights;

[Trainer<PixelClasses>(Backward = Backward.Autograd)]
[CrossEntropy(PerPosition = true, ClassWeights = new[] { 0.5, 1.0, 2.0, 1.0, 0.25, 3.0, 1.0, 1.5, 1.0, 0.75 }), Sgd(1), Steps(1)]
public partial class PixelWeightsAutograd;

[Trainer<PixelClasses>, CrossEntropy(PerPosition = true, LabelSmoothing = 0.2), Sgd(1), Steps(1)]
public partial class PixelSmoothing;

[Trainer<PixelClasses>(Backward = Backward.Autograd), CrossEntropy(PerPosition = true, LabelSmoothing = 0.2), Sgd(1), Steps(1)]
public partial class PixelSmoothingAutograd;

[Trainer<PixelClasses>]
[CrossEntropy(PerPosition = true, LabelSmoothing = 0.2,
    ClassWeights = new[] { 0.5, 1.0, 2.0, 1.0, 0.25, 3.0, 1.0, 1.5, 1.0, 0.75 }), Sgd(1), Steps(1)]
public partial class PixelWeightsSmoothing;

[Trainer<PixelClasses>(Backward = Backward.Autograd)]
[CrossEntropy(PerPosition = true, LabelSmoothing = 0.2,
    ClassWeights = new[] { 0.5, 1.0, 2.0, 1.0, 0.25, 3.0, 1.0, 1.5, 1.0, 0.75 }), Sgd(1), Steps(1)]
public partial class PixelWeightsSmoothingAutograd;
