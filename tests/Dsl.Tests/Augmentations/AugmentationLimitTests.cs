using Dsl.Runtime;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests.Augmentations;

/// <summary>What every transformation must do at the ends of its range, whatever the numbers between.</summary>
public class AugmentationLimitTests
{
    private static readonly Tensor Images = Random(1, 16, 3, 7, 9);

    private static readonly Dictionary<string, Func<Tensor, Tensor>> Nothing = new()
    {
        ["rotation by 0"] = x => AffineMap.Apply(x, AffineMap.Rotation(zeros(16))),
        ["scale 1"] = x => AffineMap.Apply(x, AffineMap.Scaling(ones(16))),
        ["shear by 0"] = x => AffineMap.Apply(x, AffineMap.Shear(zeros(16, 2))),
        ["translation by 0"] = x => AffineMap.Apply(x, AffineMap.Translation(zeros(16, 2), 7, 9)),
        ["shift by 0"] = x => ImageShift.Apply(x, full([16, 2], 3, ScalarType.Int64), 3),
        ["shift by 0 as a map"] = x => AffineMap.Apply(x, AffineMap.Shift(full([16, 2], 3, ScalarType.Int64), 3, x.dtype)),
        ["no flip"] = x => ImageFlip.Horizontal(x, zeros([16], ScalarType.Bool)),
        ["no flip as a map"] = x => AffineMap.Apply(x, AffineMap.VerticalFlip(zeros([16], ScalarType.Bool), x.dtype)),
        ["brightness 1"] = x => ImageColor.Brightness(x, ones(16)),
        ["contrast 1"] = x => ImageColor.Contrast(x, ones(16)),
        ["saturation 1"] = x => ImageColor.Saturation(x, ones(16)),
        ["hue by 0"] = x => ImageColor.Hue(x, zeros(16)),
        ["hue by a whole turn"] = x => ImageColor.Hue(ImageColor.Hue(x, full([16], 0.5)), full([16], 0.5)),
        ["noise of 0"] = x => GaussianNoise.Apply(x, randn(x.shape), 0, true),
        ["no erasing"] = x =>
            ImageErasing.Rectangle(x, zeros([16], ScalarType.Bool), full([16, 1], 0.2), zeros(16, 1), full([16, 2], 0.5), 1),
        ["normalize by 0 and 1"] = x => ChannelNormalization.Apply(x, [0], [1]),
        ["RandAugment of magnitude 0 but for auto-contrast and equalize"] = x =>
        {
            var operations = randint(3, 14, new long[] { 16, 4 }, ScalarType.Int64);
            var reversed = randint(0, 2, new long[] { 16, 4 }, ScalarType.Int64).to(ScalarType.Bool);
            return RandAugmentation.Apply(x, operations, reversed, 0);
        },
        ["no posterizing"] = x => ImageTone.Posterize(x, zeros([16], ScalarType.Bool), 1),
        ["equalizing of fewer pixels than tones"] = x => ImageTone.Equalize(x, ones([16], ScalarType.Bool)),
        ["auto-contrast twice is once"] = x =>
        {
            var once = ImageTone.AutoContrast(x, ones([16], ScalarType.Bool));
            return x + ImageTone.AutoContrast(once, ones([16], ScalarType.Bool)) - once;
        },
        ["solarize of everything twice"] = x =>
            ImageTone.Solarize(ImageTone.Solarize(x, ones([16], ScalarType.Bool), 0), ones([16], ScalarType.Bool), 0),
        ["sharpness 1"] = x => ImageSharpness.Adjust(x, ones([16], ScalarType.Bool), 1),
        ["four quarter turns"] = x => AffineMap.Apply(x, [.. Enumerable.Repeat(AffineMap.Rotation(full([16], 90f)), 4)]),
        ["flip twice"] = x => ImageFlip.Vertical(ImageFlip.Vertical(x, ones([16], ScalarType.Bool)), ones([16], ScalarType.Bool)),
    };

    public static TheoryData<string> Names => [.. Nothing.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Leaves_images_as_they_are(string name) => Close.To(Images, Nothing[name](Images), name);

    [Fact]
    public void A_quarter_turn_is_counter_clockwise()
    {
        var square = Random(2, 4, 1, 6, 6);
        Close.To(square.transpose(2, 3).flip(2), AffineMap.Apply(square, AffineMap.Rotation(full([4], 90f))), "quarter turn");
    }

    [Fact]
    public void Maps_of_whole_pixels_and_flips_equal_the_exact_operations()
    {
        using var stream = new RandomStream(1, "test");
        var sampler = new DrawSampler(stream, 0, ScalarType.Float32, CPU);
        var (offsets, flipped) = (sampler.Integers(7, 16, 2), sampler.Events(0.5, 16));
        Close.To(ImageShift.Apply(Images, offsets, 3),
            AffineMap.Apply(Images, AffineMap.Shift(offsets, 3, ScalarType.Float32)), "shift");
        Close.To(ImageFlip.Horizontal(Images, flipped),
            AffineMap.Apply(Images, AffineMap.HorizontalFlip(flipped, ScalarType.Float32)), "flip");
        Close.To(ImageFlip.Vertical(Images, flipped),
            AffineMap.Apply(Images, AffineMap.VerticalFlip(flipped, ScalarType.Float32)), "flip");
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.5)]
    public void Noise_has_its_deviation(double deviation)
    {
        using var stream = new RandomStream(1, "test");
        var noise = new DrawSampler(stream, 0, ScalarType.Float32, CPU).Normal(64, 3, 32, 32);
        var difference = GaussianNoise.Apply(zeros(64, 3, 32, 32), noise, deviation, false);

        // 196,608 numbers: the standard errors of mean and deviation are 0.23 % and 0.16 % of the deviation.
        Assert.InRange(difference.mean().ToDouble() / deviation, -0.01, 0.01);
        Assert.InRange(difference.std().ToDouble() / deviation, 0.99, 1.01);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(7)]
    public void Cutout_takes_its_square_and_no_more(int length)
    {
        var rows = arange(7, ScalarType.Int64).unsqueeze(1);
        foreach (int column in new[] { 0, 4, 8 })
        {
            var cut = ImageErasing.Cutout(ones(7, 2, 7, 9), rows, full([7, 1], column, ScalarType.Int64), length);
            for (int row = 0; row < 7; row++)
            {
                int height = Math.Min(7, row - (length / 2) + length) - Math.Max(0, row - (length / 2));
                int width = Math.Min(9, column - (length / 2) + length) - Math.Max(0, column - (length / 2));
                Assert.Equal(2 * (63 - (height * width)), cut[row].sum().ToDouble());
            }
        }
    }

    [Fact]
    public void Erased_areas_lie_in_their_range()
    {
        using var stream = new RandomStream(1, "test");
        var sampler = new DrawSampler(stream, 0, ScalarType.Float32, CPU);
        var erased = ImageErasing.Rectangle(
            ones(2000, 1, 32, 32), sampler.Events(0.5, 2000), sampler.Uniform(0.02, 0.33, 2000, 10),
            sampler.Uniform(Math.Log(0.3), Math.Log(3.3), 2000, 10), sampler.Uniform(0, 1, 2000, 2), 0);
        var areas = 1 - erased.mean([1, 2, 3]);
        double share = areas.gt(0).to(ScalarType.Float32).mean().ToDouble();
        Assert.InRange(share, 0.46, 0.54);
        var some = areas.masked_select(areas.gt(0));

        // Sides are rounded to pixels, which changes an area of 2 % by up to a fourth.
        Assert.InRange(some.min().ToDouble(), 0.015, 0.03);
        Assert.InRange(some.max().ToDouble(), 0.3, 0.36);
        Assert.InRange(some.mean().ToDouble(), 0.16, 0.19);
    }

    [Theory]
    [InlineData(1, 13)]
    [InlineData(3, 14)]
    public void Operations_of_RandAugment_are_as_many_as_the_compiler_draws(long channels, int operations)
    {
        Assert.Equal(operations, RandAugmentation.Operations(channels));
        if (channels == 1) return;
        using var trainer = new ColoredTrainer(new ColorLinear());
        using var draws = trainer.SampleDraws(new(zeros(2000, 3, 6, 8), zeros([2000], ScalarType.Int64)));
        Assert.Equal(0, draws.InputOperations.min().ToInt64());
        Assert.Equal(operations - 1, draws.InputOperations.max().ToInt64());
    }

    private static Tensor Random(int seed, params long[] sizes)
    {
        using var generator = new Generator((ulong)seed);
        return rand(sizes, generator: generator);
    }
}
