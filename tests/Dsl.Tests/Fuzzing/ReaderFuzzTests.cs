using Dsl.Tests.Samples;
using Xunit;

namespace Dsl.Tests.Fuzzing;

/// <summary>What reads files takes the corpus of tools/Fuzz, and refuses what random changes make of it, by documented
/// exceptions, soon and in little memory. The seed is one and the same, so that a find here is of a change of the readers; other
/// seeds are run by hand.</summary>
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
        string said = SampleProgram.Run("Fuzz", "mutate", reader, "--seconds", "2", "--seed", "1");
        Assert.EndsWith(" 0 finds", said, StringComparison.Ordinal);
    }
}
