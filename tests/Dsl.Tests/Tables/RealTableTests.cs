using Xunit.Abstractions;

namespace Dsl.Tests.Tables;

/// <summary>Tables with known results: scikit-learn's in 5-fold cross-validation, within two of its deviations.</summary>
public class RealTableTests(ITestOutputHelper output)
{
    [TableFact("iris.csv")]
    public void Iris_is_told_apart_as_by_logistic_regression()
    {
        var data = Iris.Load(RealTables.Path("iris.csv"), format => format with { SkippedLines = 1 });
        Assert.Equal(150, data.Count);
        var result = IrisLogisticTrainer.CrossValidate(data, folds: 5, repetitions: 5);
        output.WriteLine(result.ToString());
        Assert.InRange(result.Mean(fold => fold.Accuracy), 0.959 - 2 * 0.003, 1);
    }
}
