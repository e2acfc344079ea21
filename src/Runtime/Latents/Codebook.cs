using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// Codes of a vector quantisation, each the moving average of the vectors that are nearest to it (van den Oord et al. 2017,
/// arXiv 1711.00937, appendix A.1). What a step offers waits for the update, so that all batches of an update see the same
/// codes, and an update that is not made leaves them as they are.
/// </summary>
/// <remarks>
/// A vector is a row of [N, D], or what the channels of [N, D, ...] are at one place. An update with n_k vectors nearest to code
/// k makes N_k ← γN_k + (1 − γ)n_k, m_k ← γm_k + (1 − γ)·(their sum), e_k = m_k/N_k. A code whose N_k has fallen
/// below a share of the mean count begins again, with the mean count, as one of the vectors of the update that are farthest
/// from their codes, the farthest for the first such code.
/// </remarks>
public sealed class Codebook : IDisposable
{
    // That of the authors' code.
    private const double Smoothing = 1e-5;

    private readonly string _purpose;
    private readonly List<Tensor> _waiting = [];
    private double _decay, _restart;

    /// <summary>Codes that <see cref="Start"/> fills.</summary>
    /// <param name="purpose">What the codes are for; names their random numbers.</param>
    /// <param name="codes">K, at least 2.</param>
    /// <param name="width">D, at least 1.</param>
    /// <param name="type">Their number type.</param>
    /// <param name="device">Where they are.</param>
    public Codebook(string purpose, long codes, long width, ScalarType type, Device device)
    {
        ArgumentException.ThrowIfNullOrEmpty(purpose);
        ArgumentOutOfRangeException.ThrowIfLessThan(codes, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        _purpose = purpose;
        Codes = zeros([codes, width], type, device).DetachFromDisposeScope();
        Sums = zeros([codes, width], type, device).DetachFromDisposeScope();
        Counts = ones([codes], type, device).DetachFromDisposeScope();
    }

    /// <summary>e, [K, D]. The tensor is the codebook's.</summary>
    public Tensor Codes { get; }

    /// <summary>m, [K, D]. The tensor is the codebook's.</summary>
    public Tensor Sums { get; }

    /// <summary>N, [K]. The tensor is the codebook's.</summary>
    public Tensor Counts { get; }

    /// <summary>Fills the codes with directions of length 1 that depend on the seed alone, each counted once.</summary>
    /// <param name="seed">The run's seed.</param>
    public void Start(long seed)
    {
        using var noGrad = no_grad();
        using var stream = new RandomStream(seed, _purpose);
        RandomDirections.Fill(Codes, stream.At(0));
        Sums.copy_(Codes);
        Aten.fill_(Counts, 1);
        Drop();
    }

    /// <summary>The places of the nearest codes by squared distance, of equals the first.</summary>
    /// <param name="vectors">[N, D, ...].</param>
    /// <returns>[N, ...], int64; the caller frees them.</returns>
    public Tensor Nearest(Tensor vectors)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        long[] places = [vectors.size(0), .. vectors.shape.AsSpan(2)];
        return NearestOfRows(Rows(vectors)).reshape(places).MoveToOuterDisposeScope();
    }

    /// <summary>What is added to vectors to make them their nearest codes, e_k − z.</summary>
    /// <param name="vectors">z, [N, D, ...].</param>
    /// <returns>The same shape, constant; the caller frees it.</returns>
    public Tensor Offset(Tensor vectors)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var rows = Rows(vectors);
        return Shaped(Codes.index_select(0, NearestOfRows(rows)) - rows, vectors).MoveToOuterDisposeScope();
    }

    /// <summary>The codes at some places.</summary>
    /// <param name="places">[N, ...], int64, each in [0, K).</param>
    /// <returns>[N, D, ...]; the caller frees them.</returns>
    public Tensor At(Tensor places)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var rows = Codes.index_select(0, places.flatten());
        long[] last = [.. places.shape, Codes.size(1)];
        return rows.reshape(last).movedim([-1L], [1L]).contiguous().MoveToOuterDisposeScope();
    }

    /// <summary>How many codes the vectors use, as if each were used alike: e to the entropy of their shares.</summary>
    /// <param name="vectors">[N, D, ...].</param>
    /// <returns>In [1, K], without dimensions; the caller frees it.</returns>
    public Tensor Perplexity(Tensor vectors)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var shares = Chosen(NearestOfRows(Rows(vectors))).mean([0L]);
        return special.entr(shares).sum().exp().MoveToOuterDisposeScope();
    }

    /// <summary>Keeps vectors until <see cref="Push"/>.</summary>
    /// <param name="vectors">[N, D, ...]; a copy is kept, without a gradient.</param>
    /// <param name="decay">γ, in [0, 1).</param>
    /// <param name="restart">The share of the mean count below which a code begins again; 0 for never.</param>
    public void Offer(Tensor vectors, double decay, double restart)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        _waiting.Add(Rows(vectors).clone().DetachFromDisposeScope());
        (_decay, _restart) = (decay, restart);
    }

    /// <summary>Moves the codes by the vectors that wait.</summary>
    public void Push()
    {
        if (_waiting.Count == 0) return;
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var rows = cat(_waiting, 0);
        var nearest = NearestOfRows(rows);
        var distances = Aten.pow(rows - Codes.index_select(0, nearest), 2).sum(1);
        var chosen = Chosen(nearest);
        Aten.add_(Aten.mul_(Counts, _decay), Aten.mul(chosen.sum(0L), 1 - _decay));
        Aten.add_(Aten.mul_(Sums, _decay), Aten.mul(chosen.t().mm(rows), 1 - _decay));
        if (_restart > 0) Restart(rows, distances);

        // Counts that nearly vanish divide nothing by zero; the sum of all stays.
        var total = Counts.sum();
        var smoothed = Aten.add(Counts, Smoothing) / Aten.add(total, Smoothing * Codes.size(0)) * total;
        Codes.copy_(Sums / smoothed.unsqueeze(1));
        Drop();
    }

    /// <summary>Forgets the vectors that wait.</summary>
    public void Drop()
    {
        foreach (var rows in _waiting) rows.Dispose();
        _waiting.Clear();
    }

    /// <summary>Frees the codes.</summary>
    public void Dispose()
    {
        Drop();
        Codes.Dispose();
        Sums.Dispose();
        Counts.Dispose();
    }

    // Without a look at how many codes it is: a device need not be waited for.
    private void Restart(Tensor rows, Tensor distances)
    {
        long most = Math.Min(rows.size(0), Codes.size(0));
        var farthest = rows.index_select(0, distances.topk((int)most).indexes);
        var mean = Counts.mean();
        var dies = Counts.lt(Aten.mul(mean, _restart));
        var order = Aten.sub(dies.to_type(ScalarType.Int64).cumsum(0), 1L);
        dies = dies.logical_and(Aten.lt(order, most));
        var chosen = farthest.index_select(0, where(dies, order, zeros_like(order)));
        Counts.copy_(where(dies, mean, Counts));
        Sums.copy_(where(dies.unsqueeze(1), chosen * mean, Sums));
    }

    // A row for each vector, 1 at its code.
    private Tensor Chosen(Tensor nearest) => nn.functional.one_hot(nearest, Codes.size(0)).to_type(Codes.dtype);

    // ‖z − e‖² by differences: by products it is the small difference of large numbers.
    private Tensor NearestOfRows(Tensor rows) => cdist(rows, Codes, p: 2).argmin(1);

    private static Tensor Rows(Tensor vectors)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        return vectors.detach().movedim([1L], [-1L]).reshape(-1, vectors.size(1));
    }

    private static Tensor Shaped(Tensor rows, Tensor vectors)
    {
        long[] last = [vectors.size(0), .. vectors.shape.AsSpan(2), vectors.size(1)];
        return rows.reshape(last).movedim([-1L], [1L]).contiguous();
    }
}
