using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// Notices an update that is not finite before it is made: one with a NaN or an infinity in a loss, in a gradient or in a buffer.
/// </summary>
/// <remarks>
/// On the CPU this is a pass over the gradient. On another device everything becomes one flag there, and the host waits for it
/// once an update: a mask on the device would need a second copy of whatever an update changes, since 0·NaN is NaN.
/// </remarks>
public abstract class NonFiniteSteps : IDisposable
{
    private readonly ParameterArena[] _arenas;
    private readonly nn.Module _trained;
    private bool _lossesAreFinite = true;
    private Tensor? _lossesOnDevice;

    private protected NonFiniteSteps(ParameterArena[] arenas, (string Name, nn.Module Network)[] networks)
    {
        ArgumentNullException.ThrowIfNull(arenas);
        ArgumentNullException.ThrowIfNull(networks);
        _arenas = arenas;
        _trained = networks[0].Network;
        Buffers =
        [
            .. networks.SelectMany(
                owner => FiniteState.Buffers(owner.Network), (owner, buffer) => ($"{owner.Name}.{buffer.Key}", buffer.Value)),
        ];
    }

    /// <summary>The networks' buffers, by their names in a checkpoint.</summary>
    private protected (string Name, Tensor Tensor)[] Buffers { get; }

    /// <summary>Whether a batch of the present update was computed already.</summary>
    private protected bool HasBegun { get; set; }

    /// <summary>Takes the loss of a batch, which may be one of several of an update.</summary>
    /// <param name="loss">The total, without dimensions.</param>
    public void Observe(Tensor loss)
    {
        ArgumentNullException.ThrowIfNull(loss);
        if (loss.device_type == DeviceType.CPU)
        {
            _lossesAreFinite &= double.IsFinite(Aten.item(loss));
            return;
        }

        using var noGrad = no_grad();
        var isFinite = loss.isfinite().DetachFromDisposeScope();
        if (_lossesOnDevice is null)
        {
            _lossesOnDevice = isFinite;
            return;
        }

        _lossesOnDevice.logical_and_(isFinite);
        isFinite.Dispose();
    }

    /// <summary>Whether the update may be made: losses since the last one, gradients and buffers are finite.</summary>
    public bool IsFinite()
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var isFinite = _lossesAreFinite;
        var flags = new List<Tensor>();
        if (_lossesOnDevice is not null) flags.Add(_lossesOnDevice);
        foreach (var arena in _arenas) Look(arena.Gradients);
        var statistics = new List<Tensor>();
        foreach (var (_, buffer) in Buffers)
        {
            if (!buffer.is_floating_point() || buffer.numel() == 0) continue;
            if (FiniteMemory.CanRead(buffer)) Look(buffer);
            else statistics.Add(buffer.flatten());
        }

        // All of them in one operation: a network has dozens, of a few numbers each.
        if (statistics.Count > 0) Look(cat(statistics));
        if (isFinite && flags.Count > 0) isFinite = Aten.is_nonzero(stack(flags).all());
        if (!isFinite) return false;
        Drop();
        Accepted();
        return true;

        void Look(Tensor numbers)
        {
            if (FiniteMemory.CanRead(numbers)) isFinite = isFinite && FiniteMemory.IsFinite(numbers);
            else flags.Add(numbers.isfinite().all());
        }
    }

    /// <summary>Forgets the batches of an update that is not going to be made.</summary>
    public void Drop()
    {
        HasBegun = false;
        _lossesAreFinite = true;
        _lossesOnDevice?.Dispose();
        _lossesOnDevice = null;
    }

    /// <summary>Frees what is kept.</summary>
    public void Dispose()
    {
        Drop();
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>An update is made.</summary>
    private protected virtual void Accepted()
    {
    }

    /// <summary>Frees what a policy keeps.</summary>
    /// <param name="disposing">Whether it is called from <see cref="Dispose()"/>.</param>
    protected abstract void Dispose(bool disposing);

    /// <summary>Ends an update that is refused: its gradients are gone.</summary>
    private protected void Refuse()
    {
        using var noGrad = no_grad();
        foreach (var arena in _arenas) arena.Gradients.zero_();
        Drop();
    }

    /// <summary>What is not finite, in words: losses, the first gradients, buffers. Asked for at the end of a run, it may be
    /// slow.</summary>
    private protected string Describe(ReadOnlySpan<(string Name, Tensor? Loss)> losses)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var found = new List<string>();
        foreach (var (name, loss) in losses)
            if (loss is not null && !double.IsFinite(Aten.item(loss))) found.Add($"the loss {name}");
        var gradients = FiniteState.Exceptions(Gradients());
        if (gradients.Count > 0) found.Add($"the gradient of {FiniteState.List(gradients)}");
        var buffers = FiniteState.Exceptions(Buffers.ToDictionary(buffer => buffer.Name, buffer => buffer.Tensor));
        if (buffers.Count > 0) found.Add($"the buffer {FiniteState.List(buffers)}");
        return found.Count == 0 ? "the loss of one of its batches" : string.Join("; ", found);
    }

    private Dictionary<string, Tensor> Gradients()
    {
        var gradients = new Dictionary<string, Tensor>();
        foreach (var (name, parameter) in _trained.named_parameters())
        {
            // Gradients lie where their parameters do; frozen parameters lie behind them all and have none.
            long first = parameter.storage_offset(), count = parameter.numel();
            if (first + count <= _arenas[0].TrainableLength) gradients[name] = _arenas[0].Gradients.narrow(0, first, count);
        }

        for (var i = 1; i < _arenas.Length; i++) gradients["the adapters"] = _arenas[i].Gradients;
        return gradients;
    }
}
