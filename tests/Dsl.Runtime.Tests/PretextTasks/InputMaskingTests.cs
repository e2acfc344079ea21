using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.PretextTasks;

public sealed class InputMaskingTests
{
    [Fact]
    public void Masked_numbers_are_zero_and_others_as_they_were()
    {
        using var samples = tensor(new[] { 1f, 2, 3, float.NaN, 5, 6, 7, 8 }).reshape(2, 1, 2, 2);
        using var masked = tensor(new[] { false, true, false, true, true, false, false, false }).reshape(2, 4);
        using var corrupted = InputMasking.Apply(samples, masked);
        Assert.Equal([2L, 1, 2, 2], corrupted.shape);
        Assert.Equal([1f, 0, 3, 0, 0, 6, 7, 8], corrupted.data<float>());
    }
}
