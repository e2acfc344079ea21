using System.Globalization;
using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Embedding;

/// <summary>What tests/goldens/embeddings.py computed, or another script of numbers in float64.</summary>
internal sealed class EmbeddingGolden(string name, string group = "embeddings")
{
    private readonly SafetensorsFile _file = Runtime.Safetensors.Read(
        Path.Combine(Path.GetDirectoryName(Here())!, "..", "..", "goldens", "data", group, name + ".safetensors"));

    public Tensor this[string tensor] => _file[tensor];

    public double[] Numbers(string tensor) => [.. this[tensor].to_type(ScalarType.Float64).contiguous().data<double>()];

    public long[] Integers(string tensor) => [.. this[tensor].contiguous().data<long>()];

    public double Setting(string setting) => double.Parse(_file.Metadata[setting], CultureInfo.InvariantCulture);

    /// <summary>Asserts that numbers differ from the golden's by a part of its largest at most.</summary>
    public void Matches(string expected, Tensor actual, double tolerance = 1e-9)
    {
        Assert.Equal(this[expected].shape, actual.shape);
        Compare(expected, [.. actual.to_type(ScalarType.Float64).contiguous().data<double>()], tolerance);
    }

    public void Matches(string expected, double[] actual, double tolerance = 1e-9) => Compare(expected, actual, tolerance);

    private void Compare(string expected, double[] actual, double tolerance)
    {
        double[] wanted = Numbers(expected);
        Assert.Equal(wanted.Length, actual.Length);
        double largest = wanted.Max(Math.Abs);
        for (int i = 0; i < wanted.Length; i++)
        {
            double error = Math.Abs(wanted[i] - actual[i]);
            Assert.True(error <= tolerance * largest, $"{name}: {expected}[{i}] is {actual[i]} instead of {wanted[i]}");
        }
    }

    private static string Here([CallerFilePath] string path = "") => path;
}
