using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// Keeps a good state of a run in memory, and returns to it at an update that is not finite, with a smaller learning rate. The
/// step count goes on: it says which data and which random numbers come next, and those of the bad step do not come again.
/// </summary>
public sealed class StepRollBacks : NonFiniteSteps
{
    private readonly Func<IReadOnlyDictionary<string, Tensor>> _state;
    private readonly Dictionary<string, Tensor> _snapshot = [];

    // A tensor, because a checkpoint holds tensors: returns, the learning rate's factor, the step of the snapshot, and whether
    // there is one.
    private readonly Tensor _record;

    /// <summary>No state is kept yet.</summary>
    /// <param name="state">Everything that an update changes, by name. The same tensors each time, on the device where they are
    /// now.</param>
    /// <param name="arenas">What is trained; the first is the network's.</param>
    /// <param name="networks">The networks that a forward pass changes, by their names in a checkpoint; the first is
    /// trained.</param>
    public StepRollBacks(
        Func<IReadOnlyDictionary<string, Tensor>> state, ParameterArena[] arenas,
        params (string Name, nn.Module Network)[] networks)
        : base(arenas, networks)
    {
        ArgumentNullException.ThrowIfNull(state);
        _state = state;
        foreach (var (name, tensor) in state()) _snapshot.Add(name, zeros_like(tensor).detach().DetachFromDisposeScope());
        _record = zeros([4], ScalarType.Float64).DetachFromDisposeScope();
        LearningRateScale = 1;
    }

    /// <summary>Returns to a good state, in the whole run.</summary>
    public long Count => (long)Record[0];

    /// <summary>What the learning rate is multiplied by: the product of the factors of all returns, in (0, 1].</summary>
    public double LearningRateScale { get => Record[1]; private set => Record[1] = value; }

    /// <summary>Steps done when the state was kept that the next return leads to; null before there is one.</summary>
    public long? SnapshotStep => Record[3] == 0 ? null : (long)Record[2];

    private Span<double> Record => MemoryMarshal.Cast<byte, double>(_record.bytes);

    /// <summary>A batch is about to be computed; before the first of every few updates the state is kept, if it is
    /// good.</summary>
    /// <param name="step">Steps done.</param>
    /// <param name="every">Steps from one kept state to the next, at least 1.</param>
    /// <param name="limit">Returns that a run may make, at least 1.</param>
    /// <param name="factor">What a return multiplies the learning rate by, in (0, 1].</param>
    /// <exception cref="DivergedException">The state is not finite, and no return is left or nothing is kept.</exception>
    public void Begin(long step, int every, int limit, double factor)
    {
        if (HasBegun) return;
        if (SnapshotStep is null || step % every == 0)
        {
            // Finite gradients can lead to weights that are not: these must not become the state to return to.
            var names = FiniteState.Exceptions(_state());
            if (names.Count > 0) Return(step, limit, factor, FiniteState.List(names));
            else Keep(step);
        }

        HasBegun = true;
    }

    /// <summary>Returns to the state that is kept; the update's gradients are cleared.</summary>
    /// <param name="step">Steps done before the update.</param>
    /// <param name="limit">Returns that a run may make, at least 1.</param>
    /// <param name="factor">What a return multiplies the learning rate by, in (0, 1].</param>
    /// <param name="losses">The losses of the step by name, for the message.</param>
    /// <exception cref="DivergedException">No return is left, or nothing is kept.</exception>
    public void RollBack(long step, int limit, double factor, params ReadOnlySpan<(string Name, Tensor? Loss)> losses)
    {
        var what = Count < limit && SnapshotStep is not null ? string.Empty : Describe(losses);
        Refuse();
        Return(step, limit, factor, what);
    }

    /// <summary>Adds what a checkpoint must hold, the state that is kept included.</summary>
    /// <param name="state">Tensors by name.</param>
    public void AddTo(IDictionary<string, Tensor> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Add("rollBacks.record", _record);
        foreach (var (name, tensor) in _snapshot) state.Add("snapshot." + name, tensor);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _record.Dispose();
        foreach (var tensor in _snapshot.Values) tensor.Dispose();
    }

    private void Keep(long step)
    {
        using var noGrad = no_grad();
        foreach (var (name, live) in _state()) _snapshot[name].copy_(live);
        Record[2] = step;
        Record[3] = 1;
    }

    private void Return(long step, int limit, double factor, string what)
    {
        const string advice = "Look for numbers in the data that are infinite or NaN, and try a smaller learning rate, a "
            + "warm-up or [ClipGradNorm].";
        if (SnapshotStep is not { } kept)
        {
            throw new DivergedException(
                $"The run cannot begin at step {step + 1}: there is no good state to return to. Not finite: {what}. {advice}");
        }

        using (no_grad())
            foreach (var (name, live) in _state()) live.copy_(_snapshot[name]);
        if (Count >= limit)
        {
            throw new DivergedException(
                $"The run has diverged: at step {step + 1} it would have to roll back once more, and RollBackLimit of "
                + $"[OnNonFinite(NonFinite.RollBack)] is {limit}. Not finite: {what}. The model is as it was after step {kept}. "
                + advice);
        }

        Record[0]++;
        LearningRateScale *= factor;
    }
}
