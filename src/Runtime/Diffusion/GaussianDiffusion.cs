using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// Samples with noise of T levels, x_t = √ᾱ_t·x + √(1 − ᾱ_t)·ε, and the ways back from noise to samples by a
/// network that was trained on them (Ho, Jain and Abbeel 2020, arXiv 2006.11239; Song, Meng and Ermon 2021, arXiv 2010.02502).
/// </summary>
/// <remarks>
/// Levels are counted from 0, the least noise. ᾱ is a product of many numbers near 1 and is computed in double precision, as
/// every factor that follows from it; tensors have the network's. After level 0 comes the sample itself, of ᾱ = 1.
/// </remarks>
public sealed class GaussianDiffusion : IDisposable
{
    private readonly double[] _betas;
    private readonly double[] _signals;
    private readonly DenoisingTarget _target;
    private readonly Tensor _signalRoots;
    private readonly Tensor _noiseRoots;
    private readonly Tensor _weights;

    /// <summary>Noise of given variances.</summary>
    /// <param name="betas">β_1, ..., β_T, each in (0, 1).</param>
    /// <param name="target">What the network predicts.</param>
    /// <param name="minSnr">γ of <see cref="Weights"/>; 0 for weights of 1.</param>
    /// <param name="type">The network's number type.</param>
    /// <param name="device">Where it is.</param>
    /// <exception cref="ArgumentOutOfRangeException">A variance is not in (0, 1), or γ is negative.</exception>
    public GaussianDiffusion(
        IReadOnlyList<double> betas, DenoisingTarget target, double minSnr, ScalarType type, Device device)
    {
        ArgumentNullException.ThrowIfNull(betas);
        ArgumentOutOfRangeException.ThrowIfLessThan(betas.Count, 1, nameof(betas));
        ArgumentOutOfRangeException.ThrowIfNegative(minSnr);
        foreach (double beta in betas)
        {
            if (beta is not (> 0 and < 1))
                throw new ArgumentOutOfRangeException(nameof(betas), beta, "The variance of a step's noise is in (0, 1).");
        }

        _betas = [.. betas];
        _target = target;
        _signals = new double[betas.Count];
        double signal = 1;
        for (int t = 0; t < _signals.Length; t++) _signals[t] = signal *= 1 - betas[t];
        _signalRoots = Table(_signals.Select(Math.Sqrt));
        _noiseRoots = Table(_signals.Select(signal => Math.Sqrt(1 - signal)));
        _weights = Table(_signals.Select(signal => Weight(signal, target, minSnr)));

        Tensor Table(IEnumerable<double> numbers) => tensor(numbers.ToArray(), type, device).DetachFromDisposeScope();
    }

    /// <summary>T.</summary>
    public int Levels => _betas.Length;

    /// <summary>ᾱ of each level.</summary>
    public IReadOnlyList<double> Signals => _signals;

    /// <summary>Whether <see cref="Sample"/> adds noise of the posterior's variance β_t·(1 − ᾱ_{t−1})/(1 − ᾱ_t)
    /// in place of β_t.</summary>
    public bool HasPosteriorVariance { get; init; }

    /// <summary>What the estimate of the sample is bounded by, [−c, c]; 0 for no bound.</summary>
    public double Clip { get; init; }

    /// <summary>Samples with noise, √ᾱ·x + √(1 − ᾱ)·ε (equation 4 of Ho et al.).</summary>
    /// <param name="samples">x [N, ...].</param>
    /// <param name="noise">ε, standard normal, in the shape of x.</param>
    /// <param name="time">The level of each sample, [N] int64 in 0, ..., T − 1.</param>
    /// <returns>In the shape of x; the caller frees it.</returns>
    public Tensor Noised(Tensor samples, Tensor noise, Tensor time)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(noise);
        ArgumentNullException.ThrowIfNull(time);
        using var unrecorded = Aten.no_grad();
        if (NoiseLoop.TryRun(samples, _signalRoots, noise, _noiseRoots, time, 1) is { } noised) return noised;
        using var scope = NewDisposeScope();
        return Aten.add(Of(_signalRoots, time, samples) * samples, Of(_noiseRoots, time, samples) * noise)
            .MoveToOuterDisposeScope();
    }

    /// <summary>v = √ᾱ·ε − √(1 − ᾱ)·x (Salimans and Ho 2022, arXiv 2202.00512, section 4).</summary>
    /// <inheritdoc cref="Noised"/>
    public Tensor Velocity(Tensor samples, Tensor noise, Tensor time)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(noise);
        ArgumentNullException.ThrowIfNull(time);
        using var unrecorded = Aten.no_grad();
        if (NoiseLoop.TryRun(noise, _signalRoots, samples, _noiseRoots, time, -1) is { } velocity) return velocity;
        using var scope = NewDisposeScope();
        return (Of(_signalRoots, time, samples) * noise).sub(Of(_noiseRoots, time, samples) * samples)
            .MoveToOuterDisposeScope();
    }

    /// <summary>What the squared error of each sample counts, with s = ᾱ/(1 − ᾱ): min(s, γ)/s for the noise, min(s,
    /// γ) for the sample, min(s, γ)/(s + 1) for the velocity (Hang et al. 2023, arXiv 2303.09556, section 3.4).</summary>
    /// <param name="time">[N] int64.</param>
    /// <param name="like">Samples [N, ...].</param>
    /// <returns>[N, 1, ...], of as many dimensions as the samples; the caller frees it.</returns>
    public Tensor Weights(Tensor time, Tensor like)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return Of(_weights, time, like).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// Samples of noise by all levels, from the most noise to none: the mean of q(x_{t−1} | x_t, x̂) and noise of variance
    /// σ_t², with x̂ the sample as the network estimates it; no noise in the last step (algorithm 2 and equation 7 of Ho
    /// et al.).
    /// </summary>
    /// <param name="network">The network, which is in evaluation mode meanwhile.</param>
    /// <param name="predict">Its prediction for x_t [N, ...] and t [N] int64.</param>
    /// <param name="noise">Standard normal numbers [N, ...], new ones at each call: first where sampling begins, then what each
    /// step but the last adds.</param>
    /// <returns>[N, ...]; the caller frees it.</returns>
    public Tensor Sample(nn.Module network, Func<Tensor, Tensor, Tensor> predict, Func<Tensor> noise) => Denoise(
        network, predict, noise, [.. Enumerable.Range(0, Levels).Reverse()], (samples, estimate, t, _) =>
        {
            double before = t == 0 ? 1 : _signals[t - 1], rest = 1 - _signals[t], beta = _betas[t];
            var mean = Aten.add(Aten.mul(estimate, Math.Sqrt(before) * beta / rest), samples,
                Math.Sqrt(1 - beta) * (1 - before) / rest);
            if (t == 0) return mean;
            double variance = HasPosteriorVariance ? beta * (1 - before) / rest : beta;
            return Aten.add(mean, noise(), Math.Sqrt(variance));
        });

    /// <summary>
    /// Samples of noise by some of the levels (equation 12 of Song et al.): step i of n is of level round(T·i/n) − 1, so
    /// that it begins with the most noise. With η = 0 nothing but the start is random; η = 1 adds the noise of the
    /// posterior's variance.
    /// </summary>
    /// <param name="network">The network, which is in evaluation mode meanwhile.</param>
    /// <param name="predict">Its prediction for x_t [N, ...] and t [N] int64.</param>
    /// <param name="noise">Standard normal numbers [N, ...], new ones at each call: first where sampling begins, then with η
    /// &gt; 0 what each step but the last adds.</param>
    /// <param name="steps">n, in 1, ..., T.</param>
    /// <param name="eta">η, in [0, 1].</param>
    /// <returns>[N, ...]; the caller frees it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are not as many levels as steps, or η is not in [0, 1].</exception>
    public Tensor SampleDdim(
        nn.Module network, Func<Tensor, Tensor, Tensor> predict, Func<Tensor> noise, int steps, double eta)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(steps, Levels);
        if (eta is not (>= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(eta), eta, "η is in [0, 1].");
        int[] levels =
        [
            .. Enumerable.Range(1, steps).Reverse()
                .Select(i => (int)Math.Round((double)Levels * i / steps, MidpointRounding.AwayFromZero) - 1),
        ];
        return Denoise(network, predict, noise, levels, (samples, estimate, t, next) =>
        {
            double before = next < 0 ? 1 : _signals[next], now = _signals[t];
            double deviation = eta * Math.Sqrt((1 - before) / (1 - now) * (1 - (now / before)));
            var direction = Aten.div(Aten.add(samples, estimate, -Math.Sqrt(now)), Math.Sqrt(1 - now));
            double along = Math.Sqrt(Math.Max(0, 1 - before - (deviation * deviation)));
            var moved = Aten.add(Aten.mul(estimate, Math.Sqrt(before)), direction, along);
            return deviation > 0 ? Aten.add(moved, noise(), deviation) : moved;
        });
    }

    /// <summary>Noise that was drawn before, to sample with: row after row of what is given.</summary>
    /// <param name="noise">[K, N, ...]: where sampling begins, then what its steps add.</param>
    /// <param name="steps">Rows that are needed.</param>
    /// <param name="sample">The sizes of a sample.</param>
    /// <exception cref="DataMismatchException">Another shape, or fewer rows than are needed.</exception>
    public Func<Tensor> Given(Tensor noise, long steps, params ReadOnlySpan<long> sample) =>
        SuppliedNoise.Rows(noise, steps, sample);

    /// <summary>Frees the tables.</summary>
    public void Dispose()
    {
        _signalRoots.Dispose();
        _noiseRoots.Dispose();
        _weights.Dispose();
    }

    private static double Weight(double signal, DenoisingTarget target, double minSnr)
    {
        if (minSnr == 0) return 1;
        double ratio = signal / (1 - signal), bounded = Math.Min(ratio, minSnr);
        return target switch
        {
            DenoisingTarget.Noise => bounded / ratio,
            DenoisingTarget.Sample => bounded,
            _ => bounded / (ratio + 1),
        };
    }

    /// <summary>A table's number for each sample, [N, 1, ...].</summary>
    private static Tensor Of(Tensor table, Tensor time, Tensor samples)
    {
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(samples);
        long[] sizes = [samples.size(0), .. Enumerable.Repeat(1L, (int)samples.dim() - 1)];
        return table.index_select(0, time).reshape(sizes);
    }

    /// <summary>From level to level, each step from (x_t, x̂, t, the next level or −1).</summary>
    private Tensor Denoise(
        nn.Module network, Func<Tensor, Tensor, Tensor> predict, Func<Tensor> noise, int[] levels,
        Func<Tensor, Tensor, int, int, Tensor> step)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(predict);
        ArgumentNullException.ThrowIfNull(noise);
        return FrozenNetwork.Evaluating(network, () =>
        {
            using var scope = NewDisposeScope();
            var samples = noise();
            for (int i = 0; i < levels.Length; i++)
            {
                using var ofStep = NewDisposeScope();
                int t = levels[i];
                var time = Aten.full([samples.size(0)], t, ScalarType.Int64, samples.device);
                var estimate = Estimate(samples, predict(samples, time), _signals[t]);
                samples = step(samples, estimate, t, i + 1 < levels.Length ? levels[i + 1] : -1).MoveToOuterDisposeScope();
            }

            return samples.MoveToOuterDisposeScope();
        });
    }

    /// <summary>x̂: the sample that the prediction means.</summary>
    private Tensor Estimate(Tensor samples, Tensor prediction, double signal)
    {
        double root = Math.Sqrt(signal), rest = Math.Sqrt(1 - signal);
        var estimate = _target switch
        {
            DenoisingTarget.Noise => Aten.div(Aten.add(samples, prediction, -rest), root),
            DenoisingTarget.Sample => prediction,
            _ => Aten.add(Aten.mul(samples, root), prediction, -rest),
        };
        return Clip > 0 ? Aten.clamp(estimate, -Clip, Clip) : estimate;
    }
}
