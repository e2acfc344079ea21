using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// Ends a run whose weights or statistics have become infinite or NaN. On the CPU the loss of each step is looked at, which
/// costs a read of memory; on a GPU the losses stay there, and are read when an epoch ends: no step waits for the
/// device. The buffers, which can turn NaN beside losses that are finite, are looked at when an epoch ends. An epoch of more
/// than 1,000 steps is looked at every 1,000.
/// </summary>
/// <param name="model">The network that is trained.</param>
/// <param name="stepsPerEpoch">Steps that make an epoch, at least 1.</param>
internal sealed class DivergenceWatch(nn.Module model, long stepsPerEpoch)
{
    private const long LongestWait = 1000;

    /// <summary>Looks at a step. A loss that is not finite is no divergence by itself: a batch without labels has none.</summary>
    /// <param name="step">Steps done.</param>
    /// <param name="losses">The losses, this step's among them.</param>
    /// <param name="onHost">Whether they can be looked at without waiting.</param>
    /// <exception cref="DivergedException">A loss is not finite, and neither is the network; or a buffer is not.</exception>
    public void Observe(long step, LossMeans losses, bool onHost)
    {
        bool isTime = step % stepsPerEpoch == 0 || (stepsPerEpoch > LongestWait && step % LongestWait == 0);
        if (!onHost && !isTime) return;
        if (!losses.Look()) RequireFinite(step);
        if (isTime) RequireFiniteBuffers(step);
    }

    /// <summary>Looks at the network itself, at the end of a run.</summary>
    /// <param name="step">Steps done.</param>
    /// <exception cref="DivergedException">A parameter or a statistic of the network is not finite.</exception>
    public void RequireFinite(long step)
    {
        using var noGrad = no_grad();
        foreach (var (name, value) in model.state_dict())
        {
            if (!value.is_floating_point()) continue;
            using var scope = NewDisposeScope();
            if (value.numel() == 0 || Aten.is_nonzero(value.isfinite().all())) continue;
            throw Diverged(step, name);
        }
    }

    // One question for all of them: on a device each would be waited for.
    private void RequireFiniteBuffers(long step)
    {
        var names = FiniteState.Exceptions(FiniteState.Buffers(model));
        if (names.Count > 0) throw Diverged(step, names[0]);
    }

    private DivergedException Diverged(long step, string name) => new(
        $"The run has diverged: after step {step} '{name}' of {model.GetName()} is no longer finite. The model is as this "
        + "step left it; the last checkpoint, where one was saved, is that of a step before. Look for numbers in the data that "
        + "are infinite or NaN, and try a smaller learning rate, a warm-up or [ClipGradNorm].");
}
