using TorchSharp;
using Xunit;
using Zoo;
using static TorchSharp.torch;

namespace Dsl.Tests.OnnxFiles;

/// <summary>Published weights, loaded by the names that the zoo declares, give what ONNX Runtime makes of the published
/// file.</summary>
public class PublishedWeightsTests
{
    [MiniLmFact]
    public void MiniLm()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var published = new MiniLmFile();
        string weights = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid()}.safetensors");
        try
        {
            published.WriteWeights(weights);
            using var net = new MiniLm();
            var loaded = net.LoadPretrained(weights);
            Assert.Equal(net.state_dict().Count, loaded.Loaded.Count);
            net.eval();
            random.manual_seed(3);
            long[] own = [128, 5, 31];
            var lengths = tensor(own);
            var mask = arange(128).unsqueeze(0).lt(lengths.unsqueeze(1));
            var tokens = randint(1000, 30522, [3, 128], ScalarType.Int64) * mask;
            var sentences = randint(0, 2, [3, 128], ScalarType.Int64) * mask;
            var states = published.States(tokens, sentences, mask.to(ScalarType.Int64));
            var counted = mask.unsqueeze(2).to(ScalarType.Float32);
            var expected = (states * counted).sum(1) / counted.sum(1);
            var found = net.forward(tokens, sentences, lengths);
            double difference = ((found - expected).abs().max() / expected.abs().max()).ToDouble();
            Assert.True(difference < 1e-5, $"differs by {difference:g3}");
        }
        finally
        {
            File.Delete(weights);
        }
    }
}

/// <summary>A test that needs the published file.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class MiniLmFactAttribute : FactAttribute
{
    public MiniLmFactAttribute() => Skip = MiniLmFile.Missing;
}
