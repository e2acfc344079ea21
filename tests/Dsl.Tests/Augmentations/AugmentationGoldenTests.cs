using Dsl.Runtime;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests.Augmentations;

/// <summary>Every transformation with supplied draws against a computation image by image; whole steps in both targets.</summary>
public class AugmentationGoldenTests
{
    private static readonly Dictionary<string, Func<Golden, Tensor, Tensor>> Transformations = new()
    {
        ["rotation"] = (g, x) => AffineMap.Apply(x, AffineMap.Rotation(g["draws.degrees"])),
        ["scaling"] = (g, x) => AffineMap.Apply(x, AffineMap.Scaling(g["draws.factors"])),
        ["shear"] = (g, x) => AffineMap.Apply(x, AffineMap.Shear(g["draws.degrees"])),
        ["translation"] = (g, x) => AffineMap.Apply(x, AffineMap.Translation(g["draws.shares"], 6, 9)),
        ["flips"] = (g, x) => ImageFlip.Vertical(ImageFlip.Horizontal(x, g["draws.horizontal"]), g["draws.vertical"]),
        ["composed"] = (g, x) => AffineMap.Apply(
            x, AffineMap.Shift(g["draws.shift"], 2, x.dtype), AffineMap.Rotation(g["draws.degrees"]),
            AffineMap.Scaling(g["draws.factors"]),
            AffineMap.HorizontalFlip(g["draws.horizontal"], x.dtype)),
        ["brightness_1"] = (g, x) => ImageColor.Brightness(x, g["draws.factors"]),
        ["brightness_3"] = (g, x) => ImageColor.Brightness(x, g["draws.factors"]),
        ["contrast_1"] = (g, x) => ImageColor.Contrast(x, g["draws.factors"]),
        ["contrast_3"] = (g, x) => ImageColor.Contrast(x, g["draws.factors"]),
        ["saturation"] = (g, x) => ImageColor.Saturation(x, g["draws.factors"]),
        ["hue"] = (g, x) => ImageColor.Hue(x, g["draws.turns"]),
        ["noise"] = (g, x) => GaussianNoise.Apply(x, g["draws.noise"], g.Number("std"), false),
        ["noise_clipped"] = (g, x) => GaussianNoise.Apply(x, g["draws.noise"], g.Number("std"), true),
        ["cutout_1"] = Cutout,
        ["cutout_3"] = Cutout,
        ["cutout_4"] = Cutout,
        ["cutout_7"] = Cutout,
        ["erasing"] = (g, x) => ImageErasing.Rectangle(
            x, g["draws.erased"], g["draws.areas"], g["draws.ratios"], g["draws.corners"], g.Number("value")),
        ["normalize"] = (_, x) => ChannelNormalization.Apply(x, [0.5, 0.4, 0.3], [0.2, 0.25, 0.3]),
        ["rand_augment_1_0"] = Vary,
        ["rand_augment_1_9"] = Vary,
        ["rand_augment_1_30"] = Vary,
        ["rand_augment_3_0"] = Vary,
        ["rand_augment_3_9"] = Vary,
        ["rand_augment_3_30"] = Vary,
    };

    public static TheoryData<string> Names => [.. Transformations.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Transformation(string name)
    {
        using var scope = NewDisposeScope();
        var golden = Golden.Load("augmentations/" + name);
        var before = golden["input"].clone();
        golden.Matches("output", Transformations[name](golden, golden["input"]));
        Close.To(before, golden["input"], "the input stays", 0);
    }

    [Fact]
    public void A_step_with_a_strong_policy()
    {
        var golden = Golden.Load("augmentations/step_grey");
        var d = (string name) => golden["draws." + name];
        using var first = new StrongTrainer(Model<GreyLinear>(golden));
        Check(golden, first.Model, first.Model.Arena, first.ComputeGradients(
            new(golden["input"], golden["label"]),
            new(d("shift"), d("rotation"), d("scale"), d("noise"), d("rows"), d("columns"))).Total);
        using var second = new StrongTrainerAutograd(Model<GreyLinear>(golden));
        Check(golden, second.Model, second.Model.Arena, second.ComputeGradients(
            new(golden["input"], golden["label"]),
            new(d("shift"), d("rotation"), d("scale"), d("noise"), d("rows"), d("columns"))).Total);
    }

    [Fact]
    public void A_step_with_a_policy_of_colors()
    {
        var golden = Golden.Load("augmentations/step_color");
        var d = (string name) => golden["draws." + name];
        using var first = new ColoredTrainer(Model<ColorLinear>(golden));
        Check(golden, first.Model, first.Model.Arena, first.ComputeGradients(new(golden["input"], golden["label"]), new(
            d("mirrored"), d("crop"), d("brightness"), d("contrast"), d("saturation"), d("hue"),
            d("operations"), d("reversed"), d("erased"), d("areas"), d("ratios"), d("corners"))).Total);
        using var second = new ColoredTrainerAutograd(Model<ColorLinear>(golden));
        Check(golden, second.Model, second.Model.Arena, second.ComputeGradients(new(golden["input"], golden["label"]), new(
            d("mirrored"), d("crop"), d("brightness"), d("contrast"), d("saturation"), d("hue"),
            d("operations"), d("reversed"), d("erased"), d("areas"), d("ratios"), d("corners"))).Total);
    }

    private static Tensor Cutout(Golden golden, Tensor x) =>
        ImageErasing.Cutout(x, golden["draws.rows"], golden["draws.columns"], (int)golden.Number("length"));

    private static Tensor Vary(Golden golden, Tensor x) =>
        RandAugmentation.Apply(x, golden["draws.operations"], golden["draws.reversed"], golden.Number("magnitude"));

    private static T Model<T>(Golden golden)
        where T : nn.Module<Tensor, Tensor>, new()
    {
        var model = new T();
        golden.Restore(model.state_dict(), "initial.");
        return model;
    }

    private static void Check(Golden golden, nn.Module model, ParameterArena arena, Tensor loss)
    {
        golden.Matches("loss", loss);
        foreach (var (name, parameter) in model.named_parameters())
            golden.Matches("gradient." + name, ArenaGradient.Of(arena, parameter));
    }
}
