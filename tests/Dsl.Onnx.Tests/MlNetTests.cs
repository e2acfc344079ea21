using Dsl.Runtime;
using Microsoft.ML;
using Microsoft.ML.Data;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests.OnnxFiles;

/// <summary>ML.NET's OnnxTransformer reads what <c>ExportOnnx</c> wrote, as a step of a pipeline.</summary>
public sealed class MlNetTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dsl-onnx-").FullName;

    private string File => Path.Combine(_folder, "model.onnx");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void ATableIsPredictedFromItsColumns()
    {
        Fruit[] fruits =
        [
            new(100, 4, 2000, "rough", Color.Red, true), new(null, 5.5, 2003, "smooth", null, null),
            new(120, null, 1999, "spotted", Color.Yellow, false), new(95, 3, 2010, "rough", Color.Green, true),
        ];
        using var net = new FruitNet();
        net.Preprocessing.Fit(Fruit.From(fruits.Select((fruit, i) => fruit with { Kind = i % 2 == 0 ? "apple" : "pear" })));
        net.ExportOnnx(File);

        var ml = new MLContext(seed: 0);
        var rows = ml.Data.LoadFromEnumerable(fruits.Select(fruit => new FruitRow
        {
            Weight = fruit.Weight ?? double.NaN, Length = fruit.Length ?? double.NaN, Year = fruit.Year, Skin = fruit.Skin,
            Color = fruit.Color?.ToString() ?? "", IsRipe = fruit.IsRipe is { } ripe ? ripe ? 1 : 0 : double.NaN,
        }));
        string[] inputs = ["Weight", "length (cm)", "Year", "Skin", "Color", "IsRipe"];
        var model = ml.Transforms.ApplyOnnxModel(["label", "probabilities"], inputs, File).Fit(rows);
        var found = ml.Data.CreateEnumerable<Prediction>(model.Transform(rows), reuseRowObject: false).ToList();

        var expected = net.Predict(fruits);
        Assert.Equal(expected.Select(one => one.Class), found.Select(one => Assert.Single(one.Label)));
        for (int i = 0; i < fruits.Length; i++)
        {
            Assert.Equal(expected[i].Probabilities.Count(), found[i].Probabilities.Length);
            Assert.All(
                expected[i].Probabilities.Zip(found[i].Probabilities), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
        }
    }

    [Fact]
    public void AnImageIsPredictedFromItsPixels()
    {
        using var net = new SignNet();
        net.eval();
        net.ExportOnnx(File);
        using var images = rand(3, 3, 8, 8);
        using var expected = nn.functional.softmax(net.forward(images), 1);
        float[] pixels = images.data<float>().ToArray();

        var ml = new MLContext(seed: 0);
        var rows = ml.Data.LoadFromEnumerable(pixels.Chunk(3 * 8 * 8).Select(image => new ImageRow { Input = image }));
        var model = ml.Transforms.ApplyOnnxModel(["label", "probabilities"], ["input"], File).Fit(rows);
        var found = ml.Data.CreateEnumerable<Prediction>(model.Transform(rows), reuseRowObject: false).ToList();
        float[] numbers = expected.data<float>().ToArray();
        Assert.All(numbers.Zip(found.SelectMany(one => one.Probabilities)), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
        Assert.Equal(numbers.Length, found.Sum(one => one.Probabilities.Length));
    }

    private sealed class FruitRow
    {
        public double Weight { get; init; }

        [ColumnName("length (cm)")]
        public double Length { get; init; }

        public double Year { get; init; }

        public string Skin { get; init; } = "";

        public string Color { get; init; } = "";

        public double IsRipe { get; init; }
    }

    private sealed class ImageRow
    {
        [ColumnName("input"), VectorType(1, 3, 8, 8)]
        public float[] Input { get; init; } = [];
    }

    private sealed class Prediction
    {
        [ColumnName("label")]
        public string[] Label { get; set; } = [];

        [ColumnName("probabilities")]
        public float[] Probabilities { get; set; } = [];
    }
}
