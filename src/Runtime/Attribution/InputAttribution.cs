using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>What of an input a network's output for a class depends on. Networks are asked in evaluation mode, whatever mode they
/// are in; parameters' gradients stay as they are.</summary>
/// <remarks>z_c is the output for class c, before a softmax.</remarks>
public static class InputAttribution
{
    /// <summary>Saliency: |∂z_c/∂x| (Simonyan et al. 2014, arXiv 1312.6034, section 3). For a picture take the largest of the
    /// channels.</summary>
    /// <param name="model">From [N, ...] to [N, K].</param>
    /// <param name="input">x, [N, ...].</param>
    /// <param name="classes">c, [N] int64.</param>
    /// <returns>The shape of the input, not negative; the caller frees it.</returns>
    public static Tensor Saliency(nn.Module<Tensor, Tensor> model, Tensor input, Tensor classes)
    {
        using var gradient = Gradient(model, input, classes);
        return gradient.abs();
    }

    /// <summary>SmoothGrad: the mean of ∂z_c/∂x at x + σ·n over S normal n (Smilkov et al. 2017, arXiv 1706.03825, section
    /// 3).</summary>
    /// <param name="model">From [N, ...] to [N, K].</param>
    /// <param name="input">x, [N, ...].</param>
    /// <param name="classes">c, [N] int64.</param>
    /// <param name="noise">n, [S, N, ...] normal numbers; the paper has 50.</param>
    /// <param name="deviation">σ, at least 0, in the units of the input; the paper has 0.1 to 0.2 of what inputs span.</param>
    /// <returns>The shape of the input, with signs; the caller frees it.</returns>
    public static Tensor SmoothGrad(
        nn.Module<Tensor, Tensor> model, Tensor input, Tensor classes, Tensor noise, double deviation)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(noise);
        if (!(deviation >= 0 && double.IsFinite(deviation)))
            throw new ArgumentOutOfRangeException(nameof(deviation), deviation, "A deviation is at least 0.");
        if (noise.dim() != input.dim() + 1 || noise.size(0) < 1 || !noise.shape.AsSpan(1).SequenceEqual(input.shape))
        {
            throw new DataMismatchException(
                $"The noise is [S, {string.Join(", ", input.shape)}], but it is [{string.Join(", ", noise.shape)}].");
        }

        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var sum = zeros_like(input);
        for (long i = 0; i < noise.size(0); i++)
        {
            using var each = NewDisposeScope();
            Aten.add_(sum, Gradient(model, Aten.add(input, noise.select(0, i), deviation), classes));
        }

        return Aten.div_(sum, noise.size(0)).MoveToOuterDisposeScope();
    }

    /// <summary>Integrated gradients: (x − x')·∫₀¹ ∂z_c/∂x at x' + t(x − x') dt (Sundararajan et al. 2017,
    /// arXiv 1703.01365, equation 1), by the midpoints of equal parts.</summary>
    /// <param name="model">From [N, ...] to [N, K].</param>
    /// <param name="input">x, [N, ...].</param>
    /// <param name="classes">c, [N] int64.</param>
    /// <param name="baseline">x', of a shape that broadcasts to that of the input; null for zeros.</param>
    /// <param name="parts">How many parts, at least 1; the authors have 20 to 300.</param>
    /// <returns>The attributions and how far their sum is off; the caller disposes them.</returns>
    public static IntegratedGradients Integrate(
        nn.Module<Tensor, Tensor> model, Tensor input, Tensor classes, Tensor? baseline = null, int parts = 64)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentOutOfRangeException.ThrowIfLessThan(parts, 1);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var from = baseline is null ? zeros_like(input) : baseline.expand_as(input);
        var way = input.sub(from);
        var sum = zeros_like(input);
        for (int i = 0; i < parts; i++)
        {
            using var each = NewDisposeScope();
            Aten.add_(sum, Gradient(model, Aten.add(from, way, (i + 0.5) / parts), classes));
        }

        var values = Aten.div_(sum, parts).mul_(way);
        var change = OfClass(FrozenNetwork.Predict(model, input), classes)
            .sub(OfClass(FrozenNetwork.Predict(model, from), classes));
        var gap = values.flatten(1).sum(1).sub(change);
        return new IntegratedGradients(values.MoveToOuterDisposeScope(), gap.MoveToOuterDisposeScope());
    }

    /// <summary>Grad-CAM: max(0, Σ_k α_k·A_k) with A the maps of a layer and α_k the mean of ∂z_c/∂A_k over places
    /// (Selvaraju et al. 2017, arXiv 1610.02391, equations 1 and 2).</summary>
    /// <param name="model">The network; every module's mode is restored.</param>
    /// <param name="features">From a batch to its output [N, K] and the maps [N, C, h, w], such as those of a <c>[Tag]</c>:
    /// <c>x => { var all = model.ForwardFeatures(x); return (all.Output, all.Late); }</c>.</param>
    /// <param name="input">x, [N, ...].</param>
    /// <param name="classes">c, [N] int64.</param>
    /// <returns>[N, h, w], not negative; the caller frees it.</returns>
    /// <exception cref="DataMismatchException">The maps are not [N, C, h, w].</exception>
    public static Tensor GradCam(
        nn.Module model, Func<Tensor, (Tensor Output, Tensor Maps)> features, Tensor input, Tensor classes)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(input);
        var before = new ModuleModes(model);
        model.eval();
        try
        {
            using var scope = NewDisposeScope();
            using var gradients = enable_grad();
            var (output, maps) = features(input.detach().requires_grad_());
            if (maps.dim() != 4)
            {
                throw new DataMismatchException(
                    $"Grad-CAM takes maps [N, C, h, w], but these are [{string.Join(", ", maps.shape)}]: tag a convolution, in "
                    + "front of [Flatten].");
            }

            var slopes = autograd.grad([OfClass(output, classes).sum()], [maps])[0];
            using var noGrad = no_grad();
            return slopes.mean([2, 3], keepdim: true).mul(maps).sum(1).relu().detach().MoveToOuterDisposeScope();
        }
        finally
        {
            before.Restore();
        }
    }

    /// <summary>Occlusion: how much z_c falls when a square of the image is covered, at each pixel the mean over the squares that
    /// cover it (Zeiler and Fergus 2014, arXiv 1311.2901, section 4.2).</summary>
    /// <param name="model">From [N, C, H, W] to [N, K].</param>
    /// <param name="input">x, [N, C, H, W].</param>
    /// <param name="classes">c, [N] int64.</param>
    /// <param name="side">The side of a square, in [1, min(H, W)].</param>
    /// <param name="stride">From one square to the next, in [1, side]; the last one ends at the edge.</param>
    /// <param name="cover">What stands in the square, in the units of the input.</param>
    /// <returns>[N, H, W], with signs; the caller frees it.</returns>
    public static Tensor Occlusion(
        nn.Module<Tensor, Tensor> model, Tensor input, Tensor classes, int side, int stride = 1, double cover = 0)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.dim() != 4)
        {
            throw new DataMismatchException(
                $"Squares are parts of images [N, C, H, W], but the inputs are [{string.Join(", ", input.shape)}].");
        }

        long height = input.size(2), width = input.size(3);
        if (side < 1 || side > Math.Min(height, width))
            throw new ArgumentOutOfRangeException(nameof(side), side, $"A side is in [1, {Math.Min(height, width)}].");
        if (stride < 1 || stride > side)
            throw new ArgumentOutOfRangeException(nameof(stride), stride, $"A stride is in [1, {side}].");
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var whole = OfClass(FrozenNetwork.Predict(model, input), classes);
        Tensor sum = input.new_zeros(input.size(0), height, width), count = input.new_zeros(height, width);
        foreach (long top in Places(height, side, stride))
        {
            foreach (long left in Places(width, side, stride))
            {
                using var each = NewDisposeScope();
                var covered = input.clone();
                covered.narrow(2, top, side).narrow(3, left, side).copy_(Aten.full([], cover, input.dtype, input.device));
                var fall = whole.sub(OfClass(FrozenNetwork.Predict(model, covered), classes)).reshape(-1, 1, 1);
                var within = sum.narrow(1, top, side).narrow(2, left, side);
                Aten.add_(within, fall);
                var counted = count.narrow(0, top, side).narrow(1, left, side);
                Aten.increment_(counted);
            }
        }

        return sum.div(count).MoveToOuterDisposeScope();
    }

    private static Tensor Gradient(nn.Module<Tensor, Tensor> model, Tensor input, Tensor classes) =>
        InputGradient.Of(model, input, output => OfClass(output, classes).sum());

    private static Tensor OfClass(Tensor output, Tensor classes)
    {
        ArgumentNullException.ThrowIfNull(classes);
        if (output.dim() != 2 || classes.dim() != 1 || classes.dtype != ScalarType.Int64 || classes.size(0) != output.size(0))
        {
            throw new DataMismatchException(
                $"An attribution is of outputs [N, K] and classes [N] int64, but these are [{string.Join(", ", output.shape)}] "
                + $"and [{string.Join(", ", classes.shape)}] {classes.dtype}.");
        }

        return output.gather(1, classes.unsqueeze(1)).squeeze(1);
    }

    private static IEnumerable<long> Places(long size, int side, int stride)
    {
        long last = size - side;
        for (long at = 0; at < last; at += stride) yield return at;
        yield return last;
    }
}
