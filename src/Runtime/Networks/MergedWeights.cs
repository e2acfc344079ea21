using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// Low-rank updates in the place of which a network has their sums with the weights that they are added to, W + s·B·A, and
/// zeros for B (Hu et al. 2022, arXiv 2106.09685, section 4.1). Disposed, it puts back every number, to the last bit: the weights
/// are kept, not computed back.
/// </summary>
public sealed class MergedWeights : IDisposable
{
    private readonly List<(Tensor Live, Tensor Kept, Tensor Merged)> _parts = [];
    private readonly List<Tensor> _views = [];
    private bool _isUndone;

    /// <summary>Merges the updates of a network.</summary>
    /// <param name="network">The network; it must not be moved to another device or type meanwhile.</param>
    /// <param name="updates">Of each the names in the state dictionary, W [out, in], B [out, r], A [r, in], the factor s, and the
    /// first row of W that B·A is added to. Kernels are matrices of as many rows.</param>
    public MergedWeights(
        nn.Module network, params ReadOnlySpan<(string Weight, string Left, string Right, double Scale, long Row)> updates)
    {
        ArgumentNullException.ThrowIfNull(network);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var state = network.state_dict();
        foreach (var (weight, left, right, scale, row) in updates)
        {
            var changed = state[weight].detach().narrow(0, row, state[left].size(0)).DetachFromDisposeScope();
            _views.Add(changed);
            var product = state[left].flatten(1).matmul(state[right].flatten(1)).view(changed.shape);
            Keep(changed, Aten.add(changed, product, scale));
            Keep(state[left], zeros_like(state[left]));
        }

        foreach (var (live, _, merged) in _parts) live.copy_(merged);
    }

    /// <summary>Puts the weights and their updates back, unless that was done.</summary>
    /// <exception cref="InvalidOperationException">A merged weight or update was changed meanwhile, as by a trainer: what it
    /// learned would be lost. Nothing was put back.</exception>
    public void Unmerge()
    {
        if (_isUndone) return;
        using var noGrad = no_grad();
        if (_parts.Exists(part => !Same(part.Live, part.Merged)))
        {
            throw new InvalidOperationException(
                "The network was changed since its updates were merged, and what it learned would be lost: train before merging, "
                + "or save the merged network and go on with that.");
        }

        foreach (var (live, kept, _) in _parts) live.copy_(kept);
        Free();
    }

    /// <inheritdoc cref="Unmerge"/>
    public void Dispose() => Unmerge();

    private void Keep(Tensor live, Tensor merged) =>
        _parts.Add((live, live.detach().clone().DetachFromDisposeScope(), merged.detach().DetachFromDisposeScope()));

    private static bool Same(Tensor a, Tensor b)
    {
        using var same = a.eq(b);
        using var all = same.all();
        return Aten.is_nonzero(all);
    }

    private void Free()
    {
        _isUndone = true;
        foreach (var (_, kept, merged) in _parts)
        {
            kept.Dispose();
            merged.Dispose();
        }

        _parts.Clear();
        foreach (var view in _views) view.Dispose();
        _views.Clear();
    }
}
