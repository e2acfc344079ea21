using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.PretextTasks;

public sealed class TokenMaskingTests
{
    [Fact]
    public void Tokens_with_the_least_noise_stay_in_order()
    {
        using var noise = tensor(new[] { 0.9f, 0.1f, 0.5f, 0.2f, 0.3f, 0.8f, 0.1f, 0.7f }).reshape(2, 4);
        using var kept = TokenMasking.Keep(noise, 2);
        Assert.Equal([1L, 3, 0, 2], kept.data<long>());
        using var tokens = arange(16, ScalarType.Float32).reshape(2, 4, 2);
        using var visible = TokenMasking.Visible(tokens, kept);
        Assert.Equal([2L, 2, 6], visible.shape);
        Assert.Equal([2f, 3, 0, 1, 0, 0], visible[0, 0].contiguous().data<float>());
        Assert.Equal([12f, 13, 0, 0, 1, 0], visible[1, 1].contiguous().data<float>());
        using var masked = TokenMasking.Masked(tokens, kept);
        Assert.Equal([1f, 0, 1, 0, 0, 1, 0, 1], masked.data<float>());
        using var rows = TokenMasking.Rows(kept, 4);
        Assert.Equal([1L, 3, 4, 6], rows.data<long>());
    }

    [Fact]
    public void A_token_of_one_value_is_standardised_to_zeros()
    {
        using var tokens = tensor(new[] { 5f, 5, 5, 1, 2, 3 }).reshape(1, 2, 3);
        using var normalized = TokenMasking.Normalized(tokens);
        float[] expected = [0, 0, 0, -1, 0, 1];
        foreach (var (actual, wanted) in normalized.data<float>().ToArray().Zip(expected)) Assert.Equal(wanted, actual, 1e-5f);
    }

    [Fact]
    public void Patches_are_numbered_row_by_row()
    {
        using var images = arange(32, ScalarType.Int64).reshape(1, 2, 4, 4);
        using var patches = ImagePatches.All(images, 2);
        Assert.Equal([1L, 4, 8], patches.shape);
        Assert.Equal([2L, 3, 6, 7, 18, 19, 22, 23], patches[0, 1].contiguous().data<long>());
        Assert.Equal([8L, 9, 12, 13, 24, 25, 28, 29], patches[0, 2].contiguous().data<long>());
    }
}
