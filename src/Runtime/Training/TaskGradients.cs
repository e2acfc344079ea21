using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>The gradients of several objectives, taken apart and put together again.</summary>
/// <remarks>What objectives do to each other happens in the parameters that all of them share. Elsewhere their gradients add
/// up.</remarks>
public abstract class TaskGradients : IDisposable
{
    private readonly IReadOnlyList<ParameterArena> _arenas;
    private readonly (long From, long Length)[] _shared;

    /// <summary>Nothing is known of the gradients yet.</summary>
    /// <param name="tasks">The objectives' names, two or more.</param>
    /// <param name="arenas">What is learned; the first holds what is shared.</param>
    /// <param name="shared">Where that lies: first element and number of elements of each part.</param>
    protected TaskGradients(
        IReadOnlyList<string> tasks, IReadOnlyList<ParameterArena> arenas, ReadOnlySpan<(long From, long Length)> shared)
    {
        ArgumentNullException.ThrowIfNull(tasks);
        ArgumentNullException.ThrowIfNull(arenas);
        if (tasks.Count < 2) throw new ArgumentException($"{tasks.Count} objectives do nothing to each other.", nameof(tasks));
        if (shared.Length == 0) throw new ArgumentException("The objectives share no parameters.", nameof(shared));
        (Tasks, _arenas, _shared) = (tasks, arenas, shared.ToArray());
        Rows = zeros([tasks.Count, _shared.Sum(part => part.Length)], arenas[0].Values.dtype, arenas[0].Values.device)
            .DetachFromDisposeScope();
    }

    /// <summary>The objectives' names: T of them.</summary>
    public IReadOnlyList<string> Tasks { get; }

    /// <summary>The gradients of the last step by what is shared, [T, P]; zeros before the first. The tensor is this
    /// object's.</summary>
    public Tensor Rows { get; }

    /// <summary>
    /// The cosines between the objectives' gradients by what they share, at the last step: −1 where a step for one undoes
    /// another's (Yu et al. 2020, arXiv 2001.06782, definition 1). Reading them waits for the device.
    /// </summary>
    /// <returns>[T, T], symmetric, 1 on its diagonal; NaN beside a gradient of zeros.</returns>
    public double[,] Cosines()
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var rows = Rows.to(ScalarType.Float64).cpu();
        var products = rows.matmul(rows.t());
        var cosines = new double[Tasks.Count, Tasks.Count];
        for (int i = 0; i < Tasks.Count; i++)
        {
            for (int j = 0; j < Tasks.Count; j++)
            {
                double squares = Aten.item(products[i, i]) * Aten.item(products[j, j]);
                cosines[i, j] = squares == 0 ? double.NaN : i == j ? 1 : Aten.item(products[i, j]) / Math.Sqrt(squares);
            }
        }

        return cosines;
    }

    /// <summary>Adds the gradient of a step to that in the arenas: of the objectives as they are put together here, and of
    /// everything else.</summary>
    /// <param name="losses">The objectives, each as it stands in the sum; their graphs are freed.</param>
    /// <param name="others">The other terms of the sum.</param>
    /// <param name="random">Of the step.</param>
    protected void Add(IReadOnlyList<Tensor> losses, IReadOnlyList<Tensor> others, HostRandom random)
    {
        ArgumentNullException.ThrowIfNull(losses);
        ArgumentNullException.ThrowIfNull(others);
        using var scope = NewDisposeScope();
        foreach (var other in others) Backward(other);
        List<Tensor> sums;
        using (no_grad()) sums = [.. _arenas.Select(arena => arena.Gradients.clone())];
        for (int task = 0; task < Tasks.Count; task++)
        {
            foreach (var arena in _arenas) arena.Gradients.zero_();
            Backward(losses[task]);
            using var noGrad = no_grad();
            Rows.select(0, task).copy_(cat([.. _shared.Select(Shared)], 0));
            foreach (var part in _shared) Shared(part).zero_();
            for (int i = 0; i < sums.Count; i++) Aten.add_(sums[i], _arenas[i].Gradients);
        }

        using (no_grad())
        {
            for (int i = 0; i < sums.Count; i++) _arenas[i].Gradients.copy_(sums[i]);
            var together = Combine(Rows, random);
            long start = 0;
            foreach (var part in _shared)
            {
                Aten.add_(Shared(part), together.narrow(0, start, part.Length));
                start += part.Length;
            }
        }
    }

    /// <summary>What becomes of the objectives' gradients by what they share; without autograd, in an open dispose
    /// scope.</summary>
    /// <param name="rows">[T, P].</param>
    /// <param name="random">Of the step.</param>
    /// <returns>[P].</returns>
    protected abstract Tensor Combine(Tensor rows, HostRandom random);

    /// <inheritdoc/>
    public virtual void Dispose()
    {
        Rows.Dispose();
        GC.SuppressFinalize(this);
    }

    private Tensor Shared((long From, long Length) part) => _arenas[0].Gradients.narrow(0, part.From, part.Length);

    private static void Backward(Tensor loss) => autograd.backward([loss], [ones_like(loss)], retain_graph: true);
}
