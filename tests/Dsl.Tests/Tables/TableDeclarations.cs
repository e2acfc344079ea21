namespace Dsl.Tests.Tables;

public enum Size
{
    Small,
    Medium,
    Large,
}

// What Excel in a German office makes of a table.
[Table(Decimal = ',', Missing = ["k. A."])]
public partial record Apple(
    [Column("Gewicht (g)"), Standardize, Impute(Statistic.Mean)] float? Weight,
    [Column("Durchmesser"), MinMax(-1, 1), Impute(Statistic.Median, Indicator = true)] double? Diameter,
    [Column("Farbe"), Categories("rot", "grün", Other = true)] string Color,
    [Column("Größe"), Impute(Statistic.Mode)] Size? Size,
    [Column("reif"), Impute(1)] bool? IsRipe,
    [Column("Bemerkung"), Ignore] string? Note,
    [Label("süß", "sauer; \"sehr\"")] string? Taste = null)
{
    [Categories(1, 2, 4), Impute(4)]
    public int? Store { get; init; }

    [Ignore]
    public DateTime Created { get; init; }
}

// Two clouds of points, with a part that behaves otherwise in training.
[Table, Standardize]
public partial record Cloud(float X, float Y, [Ignore] int Group = 0, [Label("left", "right")] string? Side = null);

[Model<Cloud>, Linear(16), BatchNorm1d, ReLU, Dropout(0.5), Linear]
public partial class CloudNet;

[Trainer<CloudNet>, CrossEntropy, Adam(0.02), BatchSize(32), Epochs(10)]
public partial class CloudTrainer;

[Trainer<CloudNet>, CrossEntropy, Adam(0.02), WeightAverage(Decay = 0.9), EarlyStopping(Metric.Loss, Patience = 3), BatchSize(32),
    Epochs(5)]
public partial class AveragedCloudTrainer;

[Trainer<CloudNet>, CrossEntropy, Adam(0.02)]
public partial class OpenCloudTrainer;

// The same points with a yes or no.
[Table]
public partial record Yes(float X, float Y, [Label] bool? IsRight = null);

[Model<Yes>, Linear]
public partial class YesNet;

[Trainer<YesNet>, BinaryCrossEntropy, Adam(0.05), BatchSize(32), Epochs(20)]
public partial class YesTrainer;

[Table]
public partial record Signs(float X, float Y, [Label] bool IsRight = false, [Label] bool IsAbove = false);

[Model<Signs>, Linear]
public partial class SignsNet;

[Trainer<SignsNet>, MultiLabel, Adam(0.05), BatchSize(32), Epochs(20)]
public partial class SignsTrainer;

// Numbers in a unit that no network starts from.
[Table, Standardize]
public partial record Price(double Area, double Year, [Label, Standardize] double? Euros = null);

[Model<Price>, Linear]
public partial class PriceNet;

[Trainer<PriceNet>, MeanSquaredError, Adam(0.05), BatchSize(32), Epochs(60)]
public partial class PriceTrainer;

[Table]
public partial record Motion(float T, [Label] float? Place = null, [Label, MinMax] double? Speed = null);

[Model<Motion>, Linear(8), Tanh, Linear]
public partial class MotionNet;

[Trainer<MotionNet>, MeanSquaredError, Adam(0.02), BatchSize(32), Epochs(5)]
public partial class MotionTrainer;
