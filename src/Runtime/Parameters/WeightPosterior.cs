using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// The normal distributions of drawn weights, in the arena as means μ and numbers ρ of which the deviations are σ = log(1 +
/// e^ρ), and how far they are from a prior: Σ KL(N(μ, σ²) ‖ N(0, σ_p²)) (Blundell et al. 2015, arXiv 1505.05424,
/// equation 1).
/// </summary>
public sealed class WeightPosterior : IDisposable
{
    // Below it log(1 + eˣ) is eˣ in single precision, and its logarithm x.
    private const double Least = -17;

    private readonly ParameterArena _arena;
    private readonly double _prior;
    private readonly (long Mean, long Raw, long Length)[] _places;

    /// <summary>Weights of an arena.</summary>
    /// <param name="arena">The parameters; those of the places are trained.</param>
    /// <param name="priorDeviation">σ_p, above 0.</param>
    /// <param name="places">The first element of means, that of as many ρ, and how many.</param>
    public WeightPosterior(ParameterArena arena, double priorDeviation, (long Mean, long Raw, long Length)[] places)
    {
        ArgumentNullException.ThrowIfNull(arena);
        ArgumentNullException.ThrowIfNull(places);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(priorDeviation);
        (_arena, _prior, _places) = (arena, priorDeviation, places);
    }

    /// <summary>The divergence of the weights as they are, without dimensions, in nats; the caller frees it.</summary>
    public Tensor Penalty()
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return Of(_arena.Trainable).MoveToOuterDisposeScope();
    }

    /// <summary>The divergence as a function of parameters, for autograd.</summary>
    /// <param name="parameters">[P], in the order of the arena.</param>
    /// <returns>A number without dimensions.</returns>
    public Tensor Of(Tensor parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Tensor sum = zeros([], parameters.dtype, parameters.device);
        foreach (var (mean, raw, length) in _places)
        {
            Tensor mu = parameters.narrow(0, mean, length), rho = parameters.narrow(0, raw, length);
            Tensor squares = Aten.div(
                Aten.add(Aten.pow(mu, 2), Aten.pow(Deviations(rho), 2)), 2 * _prior * _prior);
            sum = Aten.add(sum, Aten.sub(squares - LogDeviations(rho), 0.5 - Math.Log(_prior)).sum());
        }

        return sum;
    }

    /// <summary>Adds the divergence's gradient to the arena's.</summary>
    /// <param name="gradient">That of the divergence, without dimensions.</param>
    public void AddGradient(Tensor gradient)
    {
        ArgumentNullException.ThrowIfNull(gradient);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        double precision = 1 / (_prior * _prior);
        foreach (var (mean, raw, length) in _places)
        {
            Tensor mu = _arena.Trainable.narrow(0, mean, length), rho = _arena.Trainable.narrow(0, raw, length);
            Tensor sigma = Deviations(rho);
            Aten.add_(_arena.Gradients.narrow(0, mean, length), Aten.mul(mu, precision).mul_(gradient));
            Tensor slope = Aten.mul(sigma, precision).mul_(rho.sigmoid());
            Tensor ofLog = where(Aten.lt(rho, Least), ones_like(rho), rho.sigmoid() / sigma);
            Aten.add_(_arena.Gradients.narrow(0, raw, length), (slope - ofLog).mul_(gradient));
        }
    }

    /// <summary>Nothing is its own.</summary>
    public void Dispose()
    {
    }

    // log log(1 + e^ρ), whose argument is 0 in single precision long before it has no logarithm.
    private static Tensor LogDeviations(Tensor raw)
    {
        Tensor near = Aten.clamp_min(raw, Least);
        return Aten.add(Deviations(near).log(), raw - near);
    }

    // Beyond 40, log(1 + eˣ) is x in double precision too.
    private static Tensor Deviations(Tensor raw) => Aten.softplus(raw, 1, 40);
}
