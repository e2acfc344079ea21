using Dsl;

namespace Fuzz;

[Table]
public partial record Row(
    [Standardize] float Size, int Count, [Impute(Statistic.Mean)] float? Weight, Color Color, [Categories("x", "y")] string Kind,
    [Label("a", "b")] string Species);

public enum Color
{
    Red,
    Green,
}

[ImageFolder(3, 8, 8, Resize = ImageResize.Pad)]
public partial record Picture([Label("a", "b")] string? Kind = null);

[Model<Picture>, Flatten, Linear]
public partial class PictureNet;

[Model(4), Linear(3), BatchNorm1d]
public partial class Net;

[Trainer<Net>, MeanSquaredError, Adam(1e-3), Steps(10)]
public partial class NetTrainer;
