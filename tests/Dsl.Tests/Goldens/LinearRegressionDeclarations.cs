namespace Dsl.Tests.Recipes;

[Model(6), Linear(2)]
public partial class Regressed;

[Model(6), Linear(2, Bias = false)]
public partial class RegressedPlain;

[Model(2, 3), Flatten, Linear(2)]
public partial class RegressedImage;

[Trainer<Regressed>, MeanSquaredError, LeastSquares, Epochs(1)]
public partial class LeastSquaresTrainer;

[Trainer<Regressed>(Backward = Backward.Autograd), MeanSquaredError, LeastSquares, Epochs(1)]
public partial class LeastSquaresAutograd;

[Trainer<RegressedPlain>, MeanSquaredError, LeastSquares(Ridge = 5), Epochs(1)]
public partial class RidgePlain;

[Trainer<RegressedImage>, MeanSquaredError, LeastSquares(Ridge = 20), Epochs(1), BatchSize(7)]
public partial class RidgeImage;

// The same minimum by descent: of means, the penalty is α/N of the squares for each of two outputs.
[Trainer<Regressed>, MeanSquaredError, Adam(0.05), Cosine, Epochs(3000), BatchSize(40)]
public partial class RegressedByDescent;

[Table, Standardize]
public partial record Flat(float Area, int Rooms, [Categories("north", "south")] string Side, [Label] double Price);

[Model<Flat>, Linear]
public partial class FlatModel;

[Trainer<FlatModel>, MeanSquaredError, LeastSquares(Ridge = 0.1), Epochs(1)]
public partial class FlatTrainer;
