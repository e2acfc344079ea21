using System.Runtime.CompilerServices;
using Dsl.Runtime;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using Xunit;

namespace Dsl.Tests.OnnxFiles;

/// <summary>What docs/onnx.md shows, compiled.</summary>
public class PageExample
{
    [Fact]
    public void ThePageShowsWhatIsCompiledHere()
    {
        string here = Here(), page = Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "docs", "onnx.md");
        var compiled = File.ReadLines(here).Select(line => line.Trim()).ToHashSet();
        string[] blocks =
        [
            .. File.ReadAllText(page).Split("```cs\n").Skip(1)
                .Select(rest => rest[..rest.IndexOf("```", StringComparison.Ordinal)]),
        ];
        Assert.Equal(4, blocks.Length);
        var shown = blocks.SelectMany(block => block.Split('\n')).Select(line => line.Trim()).Where(line => line.Length > 0);
        Assert.Equal([], shown.Except(compiled));
    }

    internal static void Export()
    {
        using var net = FruitNet.Load("fruit.safetensors");
        net.ExportOnnx("fruit.onnx");
    }

    internal static void Run(float[] pixels, long batch)
    {
        using var session = new InferenceSession("net.onnx");
        using var images = OrtValue.CreateTensorValueFromMemory(pixels, [batch, 1, 28, 28]);
        using var options = new RunOptions();
        using var results = session.Run(options, new Dictionary<string, OrtValue> { ["input"] = images }, session.OutputNames);
        var scores = results[0].GetTensorDataAsSpan<float>();
    }

    internal static void ExportLarge(FruitNet net)
    {
        net.ExportOnnx("fruit.onnx", new OnnxOptions { ExternalData = true });
    }

    internal static void Predict(MLContext ml, IEnumerable<Row> fruits)
    {
        var rows = ml.Data.LoadFromEnumerable(fruits);
        string[] inputs = ["Weight", "length (cm)", "Skin"], outputs = ["label", "probabilities"];
        var model = ml.Transforms.ApplyOnnxModel(outputs, inputs, "fruit.onnx").Fit(rows);
        var found = ml.Data.CreateEnumerable<Prediction>(model.Transform(rows), reuseRowObject: false);
    }

    internal
    class Row
    {
        public double Weight { get; init; }
        [ColumnName("length (cm)")] public double Length { get; init; }
        public string Skin { get; init; } = "";
    }

    internal
    class Prediction
    {
        [ColumnName("label")] public string[] Label { get; set; } = [];
        [ColumnName("probabilities")] public float[] Probabilities { get; set; } = [];
    }

    private static string Here([CallerFilePath] string path = "") => path;
}
