using Dsl.Runtime;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests.Augmentations;

/// <summary>Changes of tones against a computation byte by byte, alone and in a step of both targets.</summary>
public class ToneGoldenTests
{
    private static readonly Dictionary<string, Func<Golden, Tensor, Tensor, Tensor>> Transformations = new()
    {
        ["equalize_24"] = (_, x, happens) => ImageTone.Equalize(x, happens),
        ["equalize_17"] = (_, x, happens) => ImageTone.Equalize(x, happens),
        ["equalize_15"] = (_, x, happens) => ImageTone.Equalize(x, happens),
        ["posterize_1"] = Posterize,
        ["posterize_4"] = Posterize,
        ["posterize_7"] = Posterize,
        ["solarize_0"] = Solarize,
        ["solarize_5"] = Solarize,
        ["solarize_10"] = Solarize,
        ["stretch"] = (_, x, happens) => ImageTone.AutoContrast(x, happens),
        ["sharpen_0"] = Sharpen,
        ["sharpen_4"] = Sharpen,
        ["sharpen_19"] = Sharpen,
    };

    public static TheoryData<string> Names => [.. Transformations.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Transformation(string name)
    {
        using var scope = NewDisposeScope();
        var golden = Golden.Load("tones/" + name);
        var before = golden["input"].clone();
        golden.Matches("output", Transformations[name](golden, golden["input"], golden["draws.happens"]));
        Close.To(before, golden["input"], "the input stays", 0);
    }

    [Fact]
    public void Equalizing_evens_the_tones_out()
    {
        // All in the darker half, and more of them the darker: no tone of more than 3 % of the pixels.
        using var generator = new Generator(3);
        var images = rand(4, 1, 64, 64, generator: generator).pow(1.5) / 2;
        var equalized = ImageTone.Equalize(images, ones([4], ScalarType.Bool));
        for (double share = 0.1; share < 1; share += 0.2)
            Assert.InRange(equalized.le(share).to(ScalarType.Float32).mean().ToDouble(), share - 0.05, share + 0.05);
    }

    [Fact]
    public void Values_outside_of_the_range_count_as_its_ends()
    {
        var images = linspace(-1, 2, 400).view(1, 1, 20, 20);
        var all = ones([1], ScalarType.Bool);
        Close.To(ImageTone.Equalize(images.clamp(0, 1), all), ImageTone.Equalize(images, all), "equalized");
        Close.To(ImageTone.Posterize(images.clamp(0, 1), all, 3), ImageTone.Posterize(images, all, 3), "posterized");
    }

    [Fact]
    public void A_step_with_a_policy_of_tones_is_one_on_the_images_that_it_makes()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(4);
        var (x, y) = (rand(8, 1, 18, 16, generator: generator), arange(8, ScalarType.Int64) % 5);
        using var tones = new TonesTrainer(Seeded());
        using var draws = tones.SampleDraws(new(x, y));
        var seen = ImageTone.AutoContrast(x, draws.InputAutoContrast);
        seen = ImageTone.Equalize(seen, draws.InputEqualize);
        seen = ImageTone.Posterize(seen, draws.InputPosterize, 4);
        seen = ImageTone.Solarize(seen, draws.InputSolarize, 0.7);
        seen = ImageSharpness.Adjust(seen, draws.InputSharpness, 1.9);
        Assert.False(seen.Equals(x));

        using var plain = new PlainTonesTrainer(Seeded());
        var expected = plain.ComputeGradients(new(seen, y), new()).Total;
        Close.To(expected, tones.ComputeGradients(new(x, y), draws).Total, "loss");
        Close.To(plain.Model.Arena.Gradients, tones.Model.Arena.Gradients, "gradients");
        using var autograd = new TonesTrainerAutograd(Seeded());
        using var same = autograd.SampleDraws(new(x, y));
        Close.To(expected, autograd.ComputeGradients(new(x, y), same).Total, "loss of autograd");
        Close.To(plain.Model.Arena.Gradients, autograd.Model.Arena.Gradients, "gradients of autograd");
    }

    private static ToneLinear Seeded()
    {
        using var generator = new Generator(5);
        return new ToneLinear(generator);
    }

    private static Tensor Posterize(Golden golden, Tensor x, Tensor happens) =>
        ImageTone.Posterize(x, happens, (int)golden.Number("bits"));

    private static Tensor Solarize(Golden golden, Tensor x, Tensor happens) =>
        ImageTone.Solarize(x, happens, golden.Number("threshold"));

    private static Tensor Sharpen(Golden golden, Tensor x, Tensor happens) =>
        ImageSharpness.Adjust(x, happens, golden.Number("factor"));
}
