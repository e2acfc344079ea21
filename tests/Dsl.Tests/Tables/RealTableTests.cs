using Dsl.Runtime;
using Xunit;
using Xunit.Abstractions;

namespace Dsl.Tests.Tables;

/// <summary>Tables with known results: scikit-learn's 1.2.1 in 5 times 5-fold cross-validation, standardised, mean and deviation
/// over the repetitions. One call each.</summary>
public class RealTableTests(ITestOutputHelper output)
{
    [TableFact("iris.csv")]
    public void Iris()
    {
        var data = Tables.Iris.Load(RealTables.Path("iris.csv"), Headed);
        Assert.Equal(150, data.Count);
        Reaches(IrisLogisticTrainer.CrossValidate(data, repetitions: 5), fold => fold.Accuracy, 0.959, 0.003);
        Reaches(IrisMlpTrainer.CrossValidate(data, repetitions: 5), fold => fold.Accuracy, 0.955, 0.009);
    }

    [TableFact("wine_data.csv")]
    public void Wine() => Reaches(
        WineTrainer.CrossValidate(Tables.Wine.Load(RealTables.Path("wine_data.csv"), Headed), repetitions: 5),
        fold => fold.Accuracy, 0.978, 0.007);

    [TableFact("breast_cancer.csv.gz")]
    public void Breast_cancer() => Reaches(
        TumorTrainer.CrossValidate(Tumor.Load(RealTables.Path("breast_cancer.csv.gz"), Headed), repetitions: 5),
        fold => fold.Accuracy, 0.981, 0.002);

    [TableFact("diabetes_data_raw.csv.gz")]
    public void Diabetes()
    {
        string[] inputs = Lines("diabetes_data_raw.csv.gz"), targets = Lines("diabetes_target.csv.gz");
        string text = string.Join('\n', inputs.Zip(targets, (input, target) => $"{input} {target}"));
        var data = Tables.Diabetes.Read(new StringReader(text), "diabetes");
        Assert.Equal(442, data.Count);
        Reaches(DiabetesTrainer.CrossValidate(data, repetitions: 5), fold => fold.Determination, 0.482, 0.006);
    }

    // The first line counts rows and columns, and names classes.
    private static CsvFormat Headed(CsvFormat format) => format with { SkippedLines = 1 };

    private static string[] Lines(string file)
    {
        using var reader = new StreamReader(DataFile.Open(RealTables.Path(file)));
        return reader.ReadToEnd().TrimEnd().Split('\n');
    }

    private void Reaches<TEvaluation>(
        CrossValidation<TEvaluation> validation, Func<TEvaluation, double> number, double reference, double deviation)
        where TEvaluation : IEvaluation
    {
        output.WriteLine($"{validation}; scikit-learn {reference} ± {deviation}");
        Assert.InRange(validation.Mean(number), reference - (2 * deviation), 1);
    }
}
