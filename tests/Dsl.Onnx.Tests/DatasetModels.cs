namespace Dsl.Tests.OnnxFiles;

public enum Color
{
    Red,
    Green,
    Yellow,
}

[Table]
public partial record Fruit(
    [Standardize, Impute(Statistic.Mean)] float? Weight,
    [Column("length (cm)"), MinMax(-1, 1), Impute(Statistic.Median, Indicator = true)] double? Length,
    [Standardize] int Year,
    [Categories("rough", "smooth", Other = true)] string Skin,
    [Impute(Statistic.Mode, Indicator = true)] Color? Color,
    [Impute(1)] bool? IsRipe,
    [Ignore] string? Note = null,
    [Label("apple", "pear", "lemon")] string? Kind = null);

[Model<Fruit>, Linear(16), BatchNorm1d, ReLU, Dropout(0.5), Linear]
public partial class FruitNet;

[Model<Fruit>, Linear(16), Tanh, Linear, Softmax]
public partial class FruitChances;

[Table, Standardize]
public partial record Point(float X, float Y, [Label] bool IsRight = false, [Label] bool IsAbove = false);

[Model<Point>, Linear(8), Tanh, Linear]
public partial class PointNet;

[Table, Standardize]
public partial record House(
    double Area, int Year, [Label, Standardize] double? Euros = null, [Label, MinMax] double? Rent = null);

[Model<House>, Linear(8), Tanh, Linear]
public partial class HouseNet;

[ImageFolder(3, 8, 8), Normalize(0.5, 0.25)]
public partial record Sign([Label("disk", "cross", "square")] string? Kind = null);

[Model<Sign>, Conv2d(8, 3, Padding = 1), BatchNorm2d, ReLU, GlobalAvgPool2d, Linear]
public partial class SignNet;
