using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// Skips updates that are not finite: nothing changes, and buffers are put back to what they were before the forward pass.
/// </summary>
public sealed class StepSkips : NonFiniteSteps
{
    private readonly Tensor[] _kept;

    // A tensor, because a checkpoint holds tensors: steps skipped, and how many of them are the last in a row.
    private readonly Tensor _record;

    /// <summary>Nothing is skipped yet.</summary>
    /// <param name="arenas">What is trained; the first is the network's.</param>
    /// <param name="networks">The networks that a forward pass changes, by their names in a checkpoint; the first is trained.
    /// They must not be moved to another device or type.</param>
    public StepSkips(ParameterArena[] arenas, params (string Name, nn.Module Network)[] networks) : base(arenas, networks)
    {
        _kept = [.. Buffers.Select(buffer => zeros_like(buffer.Tensor).DetachFromDisposeScope())];
        _record = zeros([2], ScalarType.Float64).DetachFromDisposeScope();
    }

    /// <summary>Steps that were skipped, in the whole run.</summary>
    public long SkippedSteps => (long)Record[0];

    /// <summary>Steps that were skipped one after another up to the present one; 0 after one that was made.</summary>
    public long ConsecutiveSteps => (long)Record[1];

    private Span<double> Record => MemoryMarshal.Cast<byte, double>(_record.bytes);

    /// <summary>A batch is about to be computed; the first of an update keeps the buffers.</summary>
    public void Begin()
    {
        if (HasBegun) return;
        HasBegun = true;
        Copy(from: Buffers.Select(buffer => buffer.Tensor), to: _kept);
    }

    /// <summary>Skips the update: gradients are cleared, and buffers are what they were.</summary>
    /// <param name="step">Steps done before it.</param>
    /// <param name="limit">Skipped steps in a row at which the run ends, at least 1.</param>
    /// <param name="losses">The losses of the step by name, for the message.</param>
    /// <exception cref="DivergedException">The limit is reached.</exception>
    public void Skip(long step, int limit, params ReadOnlySpan<(string Name, Tensor? Loss)> losses)
    {
        Record[0]++;
        Record[1]++;
        var ends = ConsecutiveSteps >= limit;
        var what = ends ? Describe(losses) : string.Empty;

        // Without a forward pass since the last update nothing is kept, and no buffer has changed.
        if (HasBegun) Copy(from: _kept, to: Buffers.Select(buffer => buffer.Tensor));
        Refuse();
        if (!ends) return;
        throw new DivergedException(
            $"The run has diverged: step {step + 1} is the last of {ConsecutiveSteps} in a row that were skipped, and the "
            + $"trainer's ConsecutiveSkipLimit is {limit}. Not finite: {what}. The model is as it was before these steps. Look "
            + "for "
            + "numbers in the data that are infinite or NaN, and try a smaller learning rate, a warm-up or [ClipGradNorm].");
    }

    /// <summary>Adds what a checkpoint must hold.</summary>
    /// <param name="state">Tensors by name.</param>
    public void AddTo(IDictionary<string, Tensor> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Add("skips.record", _record);
    }

    private protected override void Accepted() => Record[1] = 0;

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _record.Dispose();
        foreach (var tensor in _kept) tensor.Dispose();
    }

    private static void Copy(IEnumerable<Tensor> from, IEnumerable<Tensor> to)
    {
        using var noGrad = no_grad();
        foreach (var (source, target) in from.Zip(to)) target.copy_(source);
    }
}
