namespace Dsl.Tests.Tables;

public enum IrisSpecies
{
    Setosa,
    Versicolor,
    Virginica,
}

[Table(Separator = ',', Header = false), Standardize]
public partial record Iris(
    float SepalLength, float SepalWidth, float PetalLength, float PetalWidth, [Label] IrisSpecies? Species = null);

[Model<Iris>, Linear]
public partial class IrisLogistic;

[Trainer<IrisLogistic>, CrossEntropy, Adam(0.05, WeightDecay = 0.008), Cosine, BatchSize(32), Epochs(60)]
public partial class IrisLogisticTrainer;

[Model<Iris>, Linear(64), ReLU, Linear]
public partial class IrisMlp;

[Trainer<IrisMlp>, CrossEntropy, Adam(0.005), BatchSize(32), Epochs(60)]
public partial class IrisMlpTrainer;

[Table(Header = false), Standardize]
public partial record Wine(
    float Alcohol, float MalicAcid, float Ash, float Alcalinity, float Magnesium, float Phenols, float Flavanoids,
        float Nonflavanoids,
    float Proanthocyanins, float Color, float Hue, float Dilution, float Proline, [Label(Classes = 3)] int Cultivar);

[Model<Wine>, Linear]
public partial class WineLogistic;

[Trainer<WineLogistic>, CrossEntropy, Adam(0.02, WeightDecay = 0.007), Cosine, BatchSize(32), Epochs(60)]
public partial class WineTrainer;

[Table(Separator = ' ', Header = false), Standardize]
public partial record Diabetes(
    float Age, [Categories(1, 2)] int Sex, float Bmi, float BloodPressure, float S1, float S2, float S3, float S4, float S5,
        float S6,
    [Label, Standardize] float? Progression = null);

[Model<Diabetes>, Linear]
public partial class DiabetesLinear;

[Trainer<DiabetesLinear>, MeanSquaredError, Adam(0.02, WeightDecay = 0.002), Cosine, BatchSize(32), Epochs(60)]
public partial class DiabetesTrainer;

[Table(Header = false), Standardize]
public partial record Tumor(
    float Radius, float Texture, float Perimeter, float Area, float Smoothness, float Compactness, float Concavity,
        float ConcavePoints,
    float Symmetry, float Fractal, float RadiusError, float TextureError, float PerimeterError, float AreaError,
        float SmoothnessError,
    float CompactnessError, float ConcavityError, float ConcavePointsError, float SymmetryError, float FractalError,
        float WorstRadius,
    float WorstTexture, float WorstPerimeter, float WorstArea, float WorstSmoothness, float WorstCompactness,
        float WorstConcavity,
    float WorstConcavePoints, float WorstSymmetry, float WorstFractal, [Label] bool IsBenign = false);

[Model<Tumor>, Linear]
public partial class TumorLogistic;

[Trainer<TumorLogistic>, BinaryCrossEntropy, Adam(0.02, WeightDecay = 0.002), Cosine, BatchSize(32), Epochs(60)]
public partial class TumorTrainer;
