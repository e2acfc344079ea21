using Dsl;

namespace Zoo;

/// <summary>LeNet-5 (LeCun et al. 1998, Gradient-based learning applied to document recognition), as it is built today: 61,706
/// parameters.</summary>
[Model(1, 28, 28)]
[Conv2d(6, 5, Padding = 2), Tanh, AvgPool2d(2)]
[Conv2d(16, 5), Tanh, AvgPool2d(2)]
[Flatten, Linear(120), Tanh, Linear(84), Tanh, Linear(10)]
public partial class LeNet5;
