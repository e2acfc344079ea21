using Dsl.Tests.Samples;
using Xunit;

namespace Dsl.Tests.Fuzzing;

/// <summary>What reads files takes the corpus of tools/Fuzz, and refuses what random changes make of it, by documented
/// exceptions, soon and in little memory: a short run of another seed each day.</summary>
public class ReaderFuzzTests
{
    [Theory]
    [InlineData("safetensors")]
    [InlineData("checkpoint")]
    [InlineData("model")]
    [InlineData("idx")]
    [InlineData("csv")]
    [InlineData("image")]
    [InlineData("coco")]
    [InlineData("voc")]
    [InlineData("vectors")]
    public void Readers_refuse_as_documented(string reader)
    {
        string seed = DateTime.UtcNow.ToString("yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture);
        string said = SampleProgram.Run("Fuzz", "mutate", reader, "--seconds", "2", "--seed", seed);
        Assert.EndsWith(" 0 finds", said, StringComparison.Ordinal);
    }
}
