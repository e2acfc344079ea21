using Dsl;

namespace Recipes.Uncertainty;

/// <summary>The network of the regularisers, with dropout.</summary>
[Model(1, 8, 8), Flatten, Linear(256), ReLU, Dropout(0.5), Linear(256), ReLU, Dropout(0.5), Linear(10)]
public partial class DroppingMlp;

/// <summary>The network of the regularisers, which an ensemble teaches.</summary>
[Model(1, 8, 8), Flatten, Linear(256), ReLU, Linear(256), ReLU, Linear(10)]
public partial class StudentMlp;

[Trainer<DroppingMlp>, CrossEntropy, Adam(1e-3), Epochs(150), BatchSize(64, DropLast = true)]
public partial class Dropping;

[Trainer<Handwriting.Mlp>, CrossEntropy, Sgd(0.1, Momentum = 0.9), CosineRestarts(T0Epochs = 20), Epochs(100), BatchSize(50)]
public partial class Cyclic;

[Trainer<StudentMlp>, Distill(Temperature = 1), Adam(1e-3), Epochs(100), BatchSize(64, DropLast = true)]
public partial class Student;
