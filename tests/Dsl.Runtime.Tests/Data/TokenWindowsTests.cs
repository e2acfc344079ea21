using Xunit;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Data;

public class TokenWindowsTests
{
    [Fact]
    public void Every_window_comes_with_what_follows()
    {
        using var windows = new TokenWindows(arange(7, ScalarType.Int64) * 10, 3);
        Assert.Equal(4, windows.Count);
        Assert.Equal([0, 10, 20, 30, 40, 50], Read(windows.ReadInputs(tensor(new long[] { 0, 3 }))));
        Assert.Equal([10, 20, 30, 40, 50, 60], Read(windows.ReadLabels(tensor(new long[] { 0, 3 }))));
    }

    [Theory]
    [InlineData(7, 3, 2)]
    [InlineData(6, 3, 1)]
    [InlineData(4, 3, 1)]
    public void Windows_side_by_side_leave_the_rest_out(int tokens, int length, long count)
    {
        using var windows = new TokenWindows(arange(tokens, ScalarType.Int64), length, stride: length);
        Assert.Equal(count, windows.Count);
        Assert.Equal((length * (count - 1)) + 1, Read(windows.ReadLabels(tensor(new[] { count - 1 })))[0]);
    }

    [Fact]
    public void Too_few_tokens_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new TokenWindows(arange(3, ScalarType.Int64), 3));
        Assert.Throws<ArgumentException>(() => new TokenWindows(zeros([9], ScalarType.Float32), 3));
    }

    [Fact]
    public void A_text_becomes_tokens_and_text_again()
    {
        var vocabulary = new CharacterVocabulary("To be, or not");
        using var tokens = vocabulary.Encode("not to be".Replace("t", "T", StringComparison.Ordinal));
        Assert.Equal(9, vocabulary.Count);
        Assert.Equal("noT To be", vocabulary.Decode(tokens));
        Assert.Throws<ArgumentException>(() => vocabulary.Encode("xyz"));
    }

    private static long[] Read(TorchSharp.torch.Tensor tensor) => tensor.data<long>().ToArray();
}
