using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// The last layer of a trained classifier as a normal distribution around its weights, whose precision is the curvature of the
/// loss of the training samples and of the prior (Laplace's approximation: MacKay 1992; Kristiadi, Hein and Hennig 2020, arXiv
/// 2002.10118; Daxberger et al. 2021, arXiv 2106.14806). What is far from the training samples becomes unsure.
/// </summary>
/// <remarks>
/// <para>
/// With features φ, a 1 behind them for the biases, and W the last layer, logits z = W·φ are normal with the means that the
/// network gives and covariances φᵀ·Σ·φ, Σ = (Σ_n (diag p − p·pᵀ) ⊗ φ·φᵀ + τ·I)⁻¹, the whole matrix,
/// not its diagonal. The module returns logits of the probit approximation, z_k/√(1 + π/8·v_k), v the variances: the
/// likeliest class may change where variances differ. <see cref="Sample"/> draws logits, of
/// which <see cref="PredictionSamples"/> tells both kinds of uncertainty.
/// </para>
/// <para>
/// The matrix has (K·(D + 1))² numbers of 8 bytes and takes the cube of K·(D + 1) operations: of ten classes and 128 features
/// 13 MB. The prior's precision τ is that of the weight decay λ of a mean loss over N samples, N·λ (of (λ/2)·‖W‖²),
/// or the one with the largest marginal likelihood. A network without a regularised last layer is no mode, and the
/// approximation is worse.
/// </para>
/// </remarks>
/// <example><code>
/// // [Model(784), Linear(128), ReLU, Tag("features"), Linear(10)] public partial class Net;
/// using var laplace = LastLayerLaplace.Fit(net, input => net.ForwardFeatures(input).Features, train);
/// using var unsure = LabelledLogits.Of(laplace, test);
/// </code></example>
public sealed class LastLayerLaplace : nn.Module<Tensor, Tensor>, ISampledNetwork
{
    /// <summary>The most numbers of the last layer, whose matrix is then of 512 MiB.</summary>
    public const long MostParameters = 8192;

    private readonly nn.Module<Tensor, Tensor> _network;
    private readonly Func<Tensor, Tensor> _features;
    private readonly Tensor _covariance;
    private readonly long _seed;

    private LastLayerLaplace(
        nn.Module<Tensor, Tensor> network, Func<Tensor, Tensor> features, Tensor covariance, double precision,
        double likelihood, int draws, long seed)
        : base(nameof(LastLayerLaplace))
    {
        (_network, _features, _covariance, _seed) = (network, features, covariance, seed);
        (PriorPrecision, LogMarginalLikelihood, Draws) = (precision, likelihood, draws);
    }

    /// <summary>τ: the precision of the normal prior of each weight around 0.</summary>
    public double PriorPrecision { get; }

    /// <summary>log p(labels) by the same approximation, in nats, up to what no τ changes.</summary>
    public double LogMarginalLikelihood { get; }

    /// <summary>S: draws of <see cref="Sample"/>.</summary>
    public int Draws { get; }

    /// <summary>Measures the curvature on the training samples.</summary>
    /// <param name="network">A trained classifier with logits [N, K], which ends in a linear layer with a bias; it stays its
    /// owner's, and each module's mode is restored.</param>
    /// <param name="features">What that layer takes, [N, D], of the network's inputs.</param>
    /// <param name="data">The samples that it was trained on; those of -100 are left out.</param>
    /// <param name="priorPrecision">τ, above 0; null for the one with the largest marginal likelihood
    /// among 10⁻⁴, 10⁻³·⁹, ..., 10⁴.</param>
    /// <param name="device">Where the network lives; null for the CPU.</param>
    /// <param name="draws">S, at least 1.</param>
    /// <param name="seed">Of the draws: equal seeds give equal draws, sample i of every batch the same ones.</param>
    /// <param name="batchSize">Samples of a forward pass, at least 1.</param>
    /// <exception cref="InvalidOperationException">There is no such layer, it has more than <see cref="MostParameters"/>
    /// numbers, or it makes other logits of the features than the network.</exception>
    public static LastLayerLaplace Fit(
        nn.Module<Tensor, Tensor> network, Func<Tensor, Tensor> features, ILabeledDataSource data,
        double? priorPrecision = null, Device? device = null, int draws = 20, long seed = 0, int batchSize = 512)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(features);
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 1);
        if (priorPrecision is { } given) Hyperparameter.Check(given, "(0, inf)", nameof(priorPrecision));
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var (inputs, labels) = EvaluationLoop.Labelled(
            network, indices => Extended(features(DataTransfer.To(data.ReadInputs(indices), device ?? CPU))), data,
            device ?? CPU, batchSize);
        EmbeddingRows.Require(inputs, "features");
        using var predictions = LabelledLogits.Of(network, data, device, batchSize);
        long classes = predictions.Logits.size(1), width = inputs.size(1);
        var (layer, theta) = LastLayer(network, classes, width);
        double error = Aten.item(inputs.matmul(theta.t()).sub(predictions.Logits).abs().max());
        if (error > 1e-4 * Math.Max(Aten.item(predictions.Logits.abs().max()), 1))
        {
            throw new InvalidOperationException(
                $"'{layer}' of '{network.GetName()}' makes other logits of the features than the network, by {error:g3}: give "
                + "what its last layer takes, such as input => network.ForwardFeatures(input).Features of a tag.");
        }

        Tensor curvature = Curvature(inputs, predictions.Logits.softmax(1));
        Tensor eigenvalues = Aten.clamp_min(linalg.eigvalsh(curvature), 0);
        double fit = -predictions.Loss * predictions.Count, squares = Aten.item(theta.mul(theta).sum());
        double precision = priorPrecision
            ?? Enumerable.Range(-40, 81).Select(tenth => Math.Pow(10, tenth / 10.0)).MaxBy(Likelihood);
        Tensor prior = Aten.mul(eye(classes * width, dtype: ScalarType.Float64, device: curvature.device), precision);
        Tensor regularised = Aten.add(curvature, prior);
        Tensor covariance = linalg.inv(regularised).reshape(classes, width, classes, width);
        return new LastLayerLaplace(
            network, features, covariance.DetachFromDisposeScope(), precision, Likelihood(precision), draws, seed);

        // log p(y | θ*) − τ/2·‖θ*‖² + P/2·log τ − ½·log det(H + τ·I).
        double Likelihood(double tau)
        {
            using var inner = NewDisposeScope();
            double determinant = Aten.item(Aten.add(eigenvalues, tau).log().sum());
            return fit - 0.5 * tau * squares + 0.5 * classes * width * Math.Log(tau) - 0.5 * determinant;
        }
    }

    /// <summary>Means and covariances of the logits.</summary>
    /// <param name="input">A batch [N, ...].</param>
    /// <returns>Means [N, K] and covariances [N, K, K], float64; the caller frees both.</returns>
    public (Tensor Mean, Tensor Covariance) Logits(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        Tensor features = FrozenNetwork.Evaluating(_network, () => Extended(_features(input)));
        Tensor mean = _network.Predict(input).to_type(ScalarType.Float64);
        long classes = _covariance.size(0), width = _covariance.size(1);

        // φᵀ·Σ_ab·φ for each pair of classes.
        Tensor rows = features.matmul(_covariance.permute(1, 0, 2, 3).reshape(width, -1))
            .view(-1, classes * classes, width);
        Tensor covariance = rows.bmm(features.unsqueeze(2)).view(-1, classes, classes);
        return (mean.MoveToOuterDisposeScope(), covariance.MoveToOuterDisposeScope());
    }

    /// <inheritdoc/>
    public Tensor Sample(Tensor input)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var (mean, covariance) = Logits(input);
        using var stream = new RandomStream(_seed, "last layer");
        Tensor noise = randn([Draws, mean.size(0), mean.size(1)], generator: stream.At(0)).to_type(ScalarType.Float64)
            .to(mean.device);
        Tensor drawn = linalg.cholesky(covariance).unsqueeze(0).matmul(noise.unsqueeze(3)).squeeze(3);
        return Aten.add(drawn, mean).MoveToOuterDisposeScope();
    }

    /// <summary>Logits of the probit approximation, z_k/√(1 + π/8·v_k), in the type of the network's.</summary>
    public override Tensor forward(Tensor input)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var (mean, covariance) = Logits(input);
        Tensor variances = covariance.diagonal(dim1: 1, dim2: 2);
        return mean.div(Aten.add(Aten.mul(variances, Math.PI / 8), 1.0).sqrt()).MoveToOuterDisposeScope();
    }

    /// <summary>The prior's precision and the likelihood.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"prior precision {PriorPrecision:g4}, log marginal likelihood {LogMarginalLikelihood:0.00}");

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _covariance.Dispose();
        base.Dispose(disposing);
    }

    // Float64, with a 1 behind each row.
    private static Tensor Extended(Tensor features)
    {
        if (features.dim() != 2)
        {
            throw new InvalidOperationException(
                $"The features are [{string.Join(", ", features.shape)}], but a linear layer takes [N, D].");
        }

        Tensor exact = features.to_type(ScalarType.Float64);
        return cat([exact, ones([exact.size(0), 1], ScalarType.Float64, exact.device)], 1);
    }

    private static (string Name, Tensor Parameters) LastLayer(nn.Module network, long classes, long width)
    {
        var parameters = network.named_parameters().ToDictionary(known => known.name, known => (Tensor)known.parameter);
        string? name = parameters.Keys.LastOrDefault(key => key.EndsWith("weight", StringComparison.Ordinal)
            && parameters[key].dim() == 2 && parameters[key].size(0) == classes && parameters[key].size(1) == width - 1
            && parameters.TryGetValue(Bias(key), out var bias) && bias.numel() == classes);
        if (name is null)
        {
            throw new InvalidOperationException(
                $"'{network.GetName()}' has no linear layer of {width - 1} features with {classes} outputs and a bias.");
        }

        if (classes * width > MostParameters)
        {
            throw new InvalidOperationException(
                $"'{name}' of '{network.GetName()}' has {classes * width} numbers, whose covariance would have "
                + $"{classes * width * classes * width}: at most {MostParameters} are taken. Put a narrower layer before it.");
        }

        return (name, cat([parameters[name].detach(), parameters[Bias(name)].detach().unsqueeze(1)], 1)
            .to_type(ScalarType.Float64));

        static string Bias(string weight) => weight[..^"weight".Length] + "bias";
    }

    /// <summary>Σ_n (diag p − p·pᵀ) ⊗ φ·φᵀ, [K·D, K·D].</summary>
    private static Tensor Curvature(Tensor features, Tensor probabilities)
    {
        long classes = probabilities.size(1), width = features.size(1);
        Tensor whole = zeros([classes, width, classes, width], ScalarType.Float64, features.device);
        for (long a = 0; a < classes; a++)
        {
            for (long b = a; b < classes; b++)
            {
                using var scope = NewDisposeScope();
                Tensor own = probabilities.select(1, a), product = own.mul(probabilities.select(1, b)).neg();
                Tensor weights = a == b ? Aten.add(own, product) : product;
                Tensor block = features.mul(weights.unsqueeze(1)).t().matmul(features);
                whole.select(0, a).select(1, b).copy_(block);
                if (a != b) whole.select(0, b).select(1, a).copy_(block.t());
            }
        }

        return whole.view(classes * width, classes * width);
    }
}
