using Dsl.Runtime;
using Microsoft.ML.OnnxRuntime;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests.OnnxFiles;

/// <summary>Models of declared data sets: columns as they stand in files go in, predictions come out, equal to
/// <c>Predict</c>'s.</summary>
public sealed class DatasetTests : IDisposable
{
    private const double Tolerance = 1e-5;

    private static readonly Fruit[] Fruits =
    [
        .. Enumerable.Range(0, 24).Select(row => new Fruit(
            row % 5 == 0 ? null : 100 + 7 * MathF.Sin(row), row % 3 == 0 ? null : 4 + Math.Cos(row), 2000 + row,
            (row % 4) switch { 0 => "rough", 1 => "smooth", _ => "spotted" }, row % 7 == 0 ? null : (Color)(row % 3),
            row % 6 == 0 ? null : row % 2 == 0, null, (row % 3) switch { 0 => "apple", 1 => "pear", _ => "lemon" })),
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("dsl-onnx-").FullName;

    private string File => Path.Combine(_folder, "new", "model.onnx");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void RawColumnsBecomeProbabilities()
    {
        using var net = new FruitNet();
        net.Preprocessing.Fit(Fruit.From(Fruits));
        net.ExportOnnx(File);
        using var session = new InferenceSession(File);
        Assert.Equal(["Weight", "length (cm)", "Year", "Skin", "Color", "IsRipe"], session.InputNames);
        Assert.Equal(["label", "probabilities"], session.OutputNames);
        using var results = Run(session, Columns());
        var predictions = net.Predict(Fruits);
        Assert.Equal(predictions.Select(prediction => prediction.Class), results[0].GetStringTensorAsArray());
        Same(predictions.SelectMany(prediction => prediction.Probabilities), results[1].GetTensorDataAsSpan<float>());
        Assert.True(net.training);
    }

    [Fact]
    public void ProbabilitiesOfTheNetworkStayWhatTheyAre()
    {
        using var net = new FruitChances();
        net.Preprocessing.Fit(Fruit.From(Fruits));
        net.ExportOnnx(File);
        using var session = new InferenceSession(File);
        using var results = Run(session, Columns());
        Same(net.Predict(Fruits).SelectMany(prediction => prediction.Probabilities), results[1].GetTensorDataAsSpan<float>());
    }

    [Fact]
    public void ACategoryThatIsNoneIsRefused()
    {
        using var net = new FruitNet();
        net.Preprocessing.Fit(Fruit.From(Fruits));
        net.ExportOnnx(File);
        using var session = new InferenceSession(File);
        var columns = Columns();
        columns["Color"] = Texts([.. Fruits.Select(_ => "blue")]);
        Assert.Throws<OnnxRuntimeException>(() => Run(session, columns));
    }

    [Fact]
    public void SeveralFlagsHaveAProbabilityEach()
    {
        Point[] points = [new(1, 2), new(-3, 4), new(0, -7)];
        using var net = new PointNet();
        net.Preprocessing.Fit(Point.From(points));
        net.ExportOnnx(File);
        using var session = new InferenceSession(File);
        using var results = Run(session, new()
        {
            ["X"] = Numbers([1, -3, 0]),
            ["Y"] = Numbers([2, 4, -7]),
        });
        Same(net.Predict(points).SelectMany(prediction => prediction.Probabilities), results[0].GetTensorDataAsSpan<float>());
    }

    [Fact]
    public void NumbersComeInTheUnitsOfTheTable()
    {
        House[] houses = [new(80, 1990, 3e5, 900), new(120, 2010, 8e5, 1500), new(45, 1950, 1e5, 500)];
        using var net = new HouseNet();
        net.Preprocessing.Fit(House.From(houses));
        net.ExportOnnx(File);
        using var session = new InferenceSession(File);
        using var results = Run(session, new()
        {
            ["Area"] = Numbers([80, 120, 45]),
            ["Year"] = Numbers([1990, 2010, 1950]),
        });
        double[] expected = [.. net.Predict(houses).SelectMany(prediction => prediction)];
        var found = results[0].GetTensorDataAsSpan<double>();
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], found[i], Math.Abs(expected[i]) * Tolerance);
    }

    [Fact]
    public void ImagesComeAsTheModelTakesThem()
    {
        using var net = new SignNet();
        net.eval();
        net.ExportOnnx(File);
        using var session = new InferenceSession(File);
        using var images = rand(2, 3, 8, 8);
        using var given = new OrtInputs([("input", images)]);
        using var options = new RunOptions();
        using var results = session.Run(options, given.Values, session.OutputNames);
        using var expected = nn.functional.softmax(net.forward(images), 1);
        Same(expected.data<float>().ToArray().Select(number => (double)number), results[1].GetTensorDataAsSpan<float>());
        Assert.Equal("[\"disk\",\"cross\",\"square\"]", session.ModelMetadata.CustomMetadataMap["dsl.classes"]);
    }

    [Fact]
    public void StatisticsMustBeKnown()
    {
        using var net = new FruitNet();
        var refusal = Assert.Throws<InvalidOperationException>(() => net.ExportOnnx(File));
        Assert.Contains("Fruit", refusal.Message, StringComparison.Ordinal);
        Assert.False(Path.Exists(File));
    }

    private static Dictionary<string, OrtValue> Columns() => new()
    {
        ["Weight"] = Numbers([.. Fruits.Select(fruit => fruit.Weight ?? double.NaN)]),
        ["length (cm)"] = Numbers([.. Fruits.Select(fruit => fruit.Length ?? double.NaN)]),
        ["Year"] = Numbers([.. Fruits.Select(fruit => (double)fruit.Year)]),
        ["Skin"] = Texts([.. Fruits.Select(fruit => fruit.Skin)]),
        ["Color"] = Texts([.. Fruits.Select(fruit => fruit.Color?.ToString() ?? "")]),
        ["IsRipe"] = Numbers([.. Fruits.Select(fruit => fruit.IsRipe is { } ripe ? ripe ? 1 : 0 : double.NaN)]),
    };

    private static OrtValue Numbers(double[] values) => OrtValue.CreateTensorValueFromMemory(values, [values.Length, 1]);

    private static OrtValue Texts(string[] values)
    {
        var texts = OrtValue.CreateTensorWithEmptyStrings(OrtAllocator.DefaultInstance, [values.Length, 1]);
        for (int i = 0; i < values.Length; i++) texts.StringTensorSetElementAt(values[i], i);
        return texts;
    }

    private static IDisposableReadOnlyCollection<OrtValue> Run(InferenceSession session, Dictionary<string, OrtValue> inputs)
    {
        using var options = new RunOptions();
        try
        {
            return session.Run(options, inputs, session.OutputNames);
        }
        finally
        {
            foreach (var value in inputs.Values) value.Dispose();
        }
    }

    private static void Same(IEnumerable<double> expected, ReadOnlySpan<float> found)
    {
        double[] numbers = [.. expected];
        Assert.Equal(numbers.Length, found.Length);
        for (int i = 0; i < numbers.Length; i++) Assert.Equal(numbers[i], found[i], Tolerance);
    }
}
