using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// Gradients of objectives without what is in conflict: from each that part is taken which points against another one's, the
/// others in a random order, and the rest adds up (PCGrad; Yu et al. 2020, arXiv 2001.06782, algorithm 1).
/// </summary>
public sealed class GradientSurgery : TaskGradients
{
    // Below this squared length a gradient has no direction in float32.
    private const double Least = 1e-30;

    /// <inheritdoc/>
    public GradientSurgery(
        IReadOnlyList<string> tasks, IReadOnlyList<ParameterArena> arenas,
        params ReadOnlySpan<(long From, long Length)> shared)
        : base(tasks, arenas, shared)
    {
    }

    /// <summary>Adds the gradient of a step to that in the arenas.</summary>
    /// <param name="losses">The objectives, each as it stands in the sum; their graphs are freed.</param>
    /// <param name="others">The other terms of the sum, whose gradients add up as they are.</param>
    /// <param name="seed">Of the order in which an objective meets the others, with the step.</param>
    /// <param name="step">The step.</param>
    public void Backward(IReadOnlyList<Tensor> losses, IReadOnlyList<Tensor> others, long seed, long step)
    {
        using var stream = new RandomStream(seed, "objectives");
        Add(losses, others, stream.OnHost(step));
    }

    /// <inheritdoc/>
    protected override Tensor Combine(Tensor rows, HostRandom random)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(random);
        var sum = zeros_like(rows.select(0, 0));
        for (int i = 0; i < Tasks.Count; i++)
        {
            var own = rows.select(0, i).clone();
            foreach (int other in Others(i, random))
            {
                var direction = rows.select(0, other);
                var conflict = Aten.clamp_max_(own.dot(direction), 0).div_(Aten.clamp_min(direction.dot(direction), Least));
                Aten.add_(own, conflict * direction, -1);
            }

            Aten.add_(sum, own);
        }

        return sum;
    }

    // Fisher and Yates, of all objectives but one.
    private int[] Others(int task, HostRandom random)
    {
        int[] others = [.. Enumerable.Range(0, Tasks.Count).Where(other => other != task)];
        for (int last = others.Length - 1; last > 0; last--)
        {
            int place = random.Below(last + 1);
            (others[place], others[last]) = (others[last], others[place]);
        }

        return others;
    }
}
