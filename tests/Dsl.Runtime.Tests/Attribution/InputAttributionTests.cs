using Dsl.Runtime;
using SkiaSharp;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Attribution;

/// <summary>Attributions of a linear function, which are known, and their pictures.</summary>
public class InputAttributionTests
{
    [Fact]
    public void A_linear_function_is_told_by_its_weights()
    {
        using var scope = NewDisposeScope();
        var (model, weight) = Linear();
        Tensor input = rand([3, 1, 2, 2]), classes = tensor(new long[] { 1, 0, 1 });
        var rows = weight.index_select(0, classes).reshape(3, 1, 2, 2);
        Assert.True(InputAttribution.Saliency(model, input, classes).allclose(rows.abs()));
        Assert.True(InputAttribution.SmoothGrad(model, input, classes, randn([5, 3, 1, 2, 2]), 0.5).allclose(rows));
        using var parts = InputAttribution.Integrate(model, input, classes, parts: 1);
        Assert.True(parts.Values.allclose(rows.mul(input)));
        Assert.True(parts.Gap.abs().max().item<float>() < 1e-5);
        var fall = InputAttribution.Occlusion(model, input, classes, side: 1);
        Assert.True(fall.allclose(rows.mul(input).squeeze(1), 1e-4, 1e-5));
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        using var scope = NewDisposeScope();
        var (model, _) = Linear();
        Tensor input = rand([3, 1, 2, 2]), classes = tensor(new long[] { 1, 0, 1 });
        Assert.Throws<DataMismatchException>(() => InputAttribution.Saliency(model, input, classes.to_type(ScalarType.Float32)));
        Assert.Throws<DataMismatchException>(() => InputAttribution.Saliency(model, input, classes.narrow(0, 0, 2)));
        Assert.Throws<DataMismatchException>(() => InputAttribution.SmoothGrad(model, input, classes, randn([3, 1, 2, 2]), 0.1));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => InputAttribution.SmoothGrad(model, input, classes, randn([1, 3, 1, 2, 2]), -0.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => InputAttribution.Integrate(model, input, classes, parts: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => InputAttribution.Occlusion(model, input, classes, side: 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => InputAttribution.Occlusion(model, input, classes, side: 1, stride: 2));
        Assert.Throws<DataMismatchException>(
            () => InputAttribution.GradCam(model, all => (model.forward(all), all.flatten(1)), input, classes));
    }

    [Fact]
    public void A_picture_is_red_where_it_speaks_for_the_class_and_blue_where_against()
    {
        using var scope = NewDisposeScope();
        var image = full([1, 2, 3], 0.5f);
        var map = tensor(new[,] { { 2f, 0, -2 }, { 1f, 0, 0 } });
        using var bitmap = SKBitmap.Decode(HeatMap.Png(image, map, scale: 2));
        Assert.Equal((6, 4), (bitmap.Width, bitmap.Height));
        Assert.Equal(new SKColor(255, 0, 0), bitmap.GetPixel(1, 1));
        Assert.Equal(new SKColor(128, 128, 128), bitmap.GetPixel(2, 0));
        Assert.Equal(new SKColor(0, 0, 255), bitmap.GetPixel(5, 1));
        Assert.Equal(new SKColor(191, 64, 64), bitmap.GetPixel(0, 3));
        using var coarse = SKBitmap.Decode(HeatMap.Png(rand([3, 4, 4]), full([2, 2], 1f)));
        Assert.Equal(new SKColor(255, 0, 0), coarse.GetPixel(3, 3));
        Assert.Throws<DataMismatchException>(() => HeatMap.Png(image, full([2, 3], float.NaN)));
        Assert.Throws<DataMismatchException>(() => HeatMap.Png(image.squeeze(0), map));
    }

    private static (nn.Module<Tensor, Tensor> Model, Tensor Weight) Linear()
    {
        var linear = nn.Linear(4, 2);
        return (nn.Sequential(("flat", nn.Flatten()), ("linear", linear)), linear.weight!.detach());
    }
}
