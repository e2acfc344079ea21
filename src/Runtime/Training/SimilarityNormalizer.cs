using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// What the exponentials of similarities are divided by, log mean exp(s), which the first batch estimates and which is constant
/// from then on (Wu et al. 2018, arXiv 1805.01978, section 3.2). An estimate waits for the update.
/// </summary>
public sealed class SimilarityNormalizer : IDisposable
{
    private Tensor? _waiting;

    /// <summary>A normaliser that nothing has estimated yet.</summary>
    /// <param name="type">Its number type.</param>
    /// <param name="device">Where it is.</param>
    public SimilarityNormalizer(ScalarType type, Device device)
    {
        Value = zeros([], type, device).DetachFromDisposeScope();
        Known = zeros([], type, device).DetachFromDisposeScope();
    }

    /// <summary>The logarithm, without dimensions; 0 before the first update. The tensor is this object's.</summary>
    public Tensor Value { get; }

    /// <summary>1 once it is constant, else 0, without dimensions. The tensor is this object's.</summary>
    public Tensor Known { get; }

    /// <summary>The constant, or before the first update what the first batch of that says of it. Nothing waits for the
    /// device.</summary>
    /// <param name="similarities">s, of any shape.</param>
    /// <returns>Without dimensions; the caller frees it.</returns>
    public Tensor LogMean(Tensor similarities)
    {
        ArgumentNullException.ThrowIfNull(similarities);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        if (_waiting is null)
        {
            Tensor all = similarities.detach().flatten();
            _waiting = Aten.sub(all.logsumexp(0), Math.Log(all.size(0))).DetachFromDisposeScope();
        }

        return where(Aten.gt(Known, 0.0), Value, _waiting).MoveToOuterDisposeScope();
    }

    /// <summary>Makes the estimate that waits the constant, where there is none.</summary>
    public void Push()
    {
        if (_waiting is null) return;
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        Value.copy_(where(Aten.gt(Known, 0.0), Value, _waiting));
        Aten.fill_(Known, 1);
        Drop();
    }

    /// <summary>Forgets the estimate that waits.</summary>
    public void Drop()
    {
        _waiting?.Dispose();
        _waiting = null;
    }

    /// <summary>Frees the numbers.</summary>
    public void Dispose()
    {
        Drop();
        Value.Dispose();
        Known.Dispose();
    }
}
