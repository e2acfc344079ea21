using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// Straight paths from noise to samples, x_t = (1 − (1 − σ)·t)·z + t·x, and the way along a flow that a network has
/// learned from them (Lipman et al. 2023, arXiv 2210.02747, section 4.1).
/// </summary>
public static class ConditionalFlow
{
    /// <summary>Points of the paths, (1 − (1 − σ)·t)·z + t·x (equation 22).</summary>
    /// <param name="samples">x [N, ...].</param>
    /// <param name="noise">z, standard normal, in the shape of x.</param>
    /// <param name="time">t of each sample, [N], in [0, 1].</param>
    /// <param name="sigma">σ, in [0, 1).</param>
    /// <returns>In the shape of x; the caller frees it.</returns>
    public static Tensor Between(Tensor samples, Tensor noise, Tensor time, double sigma)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(noise);
        ArgumentNullException.ThrowIfNull(time);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var t = time.reshape([time.size(0), .. Enumerable.Repeat(1L, (int)samples.dim() - 1)]);
        return Aten.add(samples * t, noise * Aten.add(Aten.mul(t, sigma - 1), 1.0)).MoveToOuterDisposeScope();
    }

    /// <summary>The velocity along the paths, x − (1 − σ)·z (equation 23).</summary>
    /// <inheritdoc cref="Between"/>
    public static Tensor Velocity(Tensor samples, Tensor noise, double sigma)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(noise);
        using var noGrad = no_grad();
        return Aten.add(samples, noise, sigma - 1);
    }

    /// <summary>Noise that was drawn before, [1, N, ...], to sample with.</summary>
    /// <param name="noise">Where sampling begins.</param>
    /// <param name="steps">Rows that are needed.</param>
    /// <param name="sample">The sizes of a sample.</param>
    /// <exception cref="DataMismatchException">Another shape.</exception>
    public static Func<Tensor> Given(Tensor noise, long steps, params ReadOnlySpan<long> sample) =>
        SuppliedNoise.Rows(noise, steps, sample);

    /// <summary>Samples by Euler's method: x ← x + h·f(x, t).</summary>
    /// <param name="network">The network, which is in evaluation mode meanwhile.</param>
    /// <param name="predict">The velocity that it gives at x [N, ...] and t [N].</param>
    /// <param name="noise">Standard normal numbers [N, ...], where sampling begins.</param>
    /// <param name="steps">n, at least 1: h = 1/n.</param>
    /// <returns>[N, ...]; the caller frees it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no step.</exception>
    public static Tensor Euler(nn.Module network, Func<Tensor, Tensor, Tensor> predict, Func<Tensor> noise, int steps) =>
        Follow(network, noise, steps, (x, t, h) => Aten.add(x, predict(x, At(x, t)), h));

    /// <summary>Samples by Heun's method: x ← x + h/2·(f(x, t) + f(x + h·f(x, t), t + h)).</summary>
    /// <inheritdoc cref="Euler"/>
    public static Tensor Heun(nn.Module network, Func<Tensor, Tensor, Tensor> predict, Func<Tensor> noise, int steps) =>
        Follow(network, noise, steps, (x, t, h) =>
        {
            var slope = predict(x, At(x, t));
            var ahead = predict(Aten.add(x, slope, h), At(x, t + h));
            return Aten.add(x, Aten.add(slope, ahead), h / 2);
        });

    private static Tensor At(Tensor samples, double time) =>
        Aten.full([samples.size(0)], time, samples.dtype, samples.device);

    private static Tensor Follow(nn.Module network, Func<Tensor> noise, int steps, Func<Tensor, double, double, Tensor> step)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(noise);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        return FrozenNetwork.Evaluating(network, () =>
        {
            using var scope = NewDisposeScope();
            var samples = noise();
            for (int i = 0; i < steps; i++)
            {
                using var ofStep = NewDisposeScope();
                samples = step(samples, (double)i / steps, 1.0 / steps).MoveToOuterDisposeScope();
            }

            return samples.MoveToOuterDisposeScope();
        });
    }
}
