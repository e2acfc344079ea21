using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Operators;

public sealed class FiniteMemoryTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(37)]
    public void Every_place_is_read(int length)
    {
        using var numbers = full([length], float.MaxValue);
        numbers[0] = -float.Epsilon;
        Assert.True(FiniteMemory.IsFinite(numbers));
        for (int i = 0; i < length; i++)
        {
            foreach (var bad in new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity })
            {
                using var changed = numbers.clone();
                changed[i] = bad;
                Assert.False(FiniteMemory.IsFinite(changed), $"{bad} at {i} of {length}");
            }
        }
    }

    [Fact]
    public void A_large_tensor_that_nobody_changed_is_read_in_parts()
    {
        using var numbers = zeros(1 << 18);
        for (int i = 0; i < 3; i++) Assert.True(SeenFinite.IsFinite(numbers));
        numbers[7] = float.NaN;
        Assert.False(SeenFinite.IsFinite(numbers));
        Assert.False(SeenFinite.IsFinite(numbers));
        numbers[7] = 1;
        Assert.True(SeenFinite.IsFinite(numbers));

        // Behind libtorch's back: not at once, but soon.
        unsafe { ((float*)TensorMemory.Pointer(numbers))[200_000] = float.PositiveInfinity; }
        Assert.Contains(false, Enumerable.Range(0, SeenFinite.Parts).Select(_ => SeenFinite.IsFinite(numbers)).ToList());
    }

    [Fact]
    public void Numbers_of_inference_mode_are_read_each_time()
    {
        using var mode = inference_mode();
        using var numbers = zeros(1 << 18);
        Assert.True(SeenFinite.IsFinite(numbers));
        numbers[7] = float.NaN;
        Assert.False(SeenFinite.IsFinite(numbers));
    }

    [Fact]
    public void What_does_not_lie_as_float32_in_one_piece_is_not_read()
    {
        using var numbers = zeros(4, 6);
        using var doubles = numbers.to(float64);
        using var turned = numbers.t();
        Assert.True(FiniteMemory.CanRead(numbers));
        Assert.False(FiniteMemory.CanRead(doubles));
        Assert.False(FiniteMemory.CanRead(turned));
    }
}
