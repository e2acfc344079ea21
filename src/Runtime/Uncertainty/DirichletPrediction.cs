using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// Dirichlet distributions over class probabilities, with concentrations α = e^z of a network's logits, as a prior network has
/// them: what of its uncertainty is of the data, and what says that an input is strange (Malinin and Gales 2018, arXiv
/// 1802.10501, section 3.2 and appendix B).
/// </summary>
public sealed class DirichletPrediction : IDisposable
{
    private readonly Tensor _alpha;

    /// <summary>Distributions, of logits that are copied.</summary>
    /// <param name="logits">[N, K] of finite floating-point numbers, K at least 2.</param>
    /// <exception cref="DataMismatchException">Another shape or type, or a number that is not finite.</exception>
    public DirichletPrediction(Tensor logits)
    {
        EmbeddingRows.Require(logits, "logits");
        if (logits.size(1) < 2) throw new DataMismatchException("A distribution over one class says nothing: give [N, K].");
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        _alpha = logits.detach().to_type(ScalarType.Float64).exp().DetachFromDisposeScope();
    }

    /// <summary>Σ α, [N] float64: how sharp each distribution is, low for what is strange. The caller frees it, as all
    /// below.</summary>
    public Tensor Precision => Of(() => _alpha.sum([1L]));

    /// <summary>K/Σα, [N]: where α is evidence and 1, in (0, 1], how much of the whole is not told by any evidence (Sensoy
    /// et al. 2018, arXiv 1806.01768, equation 1).</summary>
    public Tensor Vacuity => Of(() => Aten.div((double)_alpha.size(1), _alpha.sum([1L])));

    /// <summary>The largest mean probability, [N].</summary>
    public Tensor Confidence => Of(() => Mean().amax([1]));

    /// <summary>The entropy of the mean in nats, [N]: all uncertainty.</summary>
    public Tensor Entropy => Of(() => Mean().xlogy(Mean()).sum([1L]).neg());

    /// <summary>The mean entropy, [N]: what the data leave open.</summary>
    public Tensor AleatoricEntropy => Of(Expected);

    /// <summary>The difference, [N], at least 0: what is not known of the input.</summary>
    public Tensor MutualInformation =>
        Of(() => Aten.clamp_min(Mean().xlogy(Mean()).sum([1L]).neg().sub(Expected()), 0));

    /// <summary>The entropy of the distribution itself, [N], at most −log Γ(K), which a flat one has.</summary>
    public Tensor DifferentialEntropy => Of(() =>
    {
        Tensor sum = _alpha.sum(1, keepdim: true);
        Tensor logs = _alpha.digamma().sub(sum.digamma());
        return _alpha.lgamma().sum([1L]).sub(sum.lgamma().squeeze(1)).sub(Aten.sub(_alpha, 1.0).mul(logs).sum([1L]));
    });

    /// <summary>Frees the distributions.</summary>
    public void Dispose() => _alpha.Dispose();

    private static Tensor Of(Func<Tensor> compute)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return compute().MoveToOuterDisposeScope();
    }

    private Tensor Mean() => _alpha.div(_alpha.sum(1, keepdim: true));

    // −Σ μ (ψ(α + 1) − ψ(Σα + 1)).
    private Tensor Expected()
    {
        Tensor logs = Aten.add(_alpha, 1.0).digamma().sub(Aten.add(_alpha.sum(1, keepdim: true), 1.0).digamma());
        return Mean().mul(logs).sum([1L]).neg();
    }
}
