using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What optimizers have in common: groups of parameters, and something kept for each parameter between steps.</summary>
public abstract class OptimizerHelper : optim.Optimizer
{
    private readonly Dictionary<Parameter, IDisposable> state = new(ReferenceEqualityComparer.Instance);

    /// <summary>Runs the closure, then a change for each group with gradients off.</summary>
    private protected Tensor? Step<TOptions>(Func<Tensor>? closure, Action<Parameter, Tensor, TOptions> change)
        where TOptions : OptimizerOptions
    {
        Tensor? loss = null;
        if (closure is not null)
        {
            using var recorded = enable_grad();
            loss = closure();
        }

        using var unrecorded = no_grad();
        foreach (var group in _parameter_groups)
        {
            foreach (var parameter in group.Parameters)
            {
                using var scope = NewDisposeScope();
                if (parameter.grad is { } gradient)
                {
                    change(parameter, gradient, (TOptions)group.Options);
                }
            }
        }

        return loss;
    }

    /// <summary>What is kept for a parameter; made when first asked for.</summary>
    private protected T StateOf<T>(Parameter parameter, Func<T> create)
        where T : IDisposable
    {
        if (!state.TryGetValue(parameter, out var found))
        {
            found = create();
            state.Add(parameter, found);
        }

        return (T)found;
    }

    /// <summary>Adds a group whose hyper-parameters have been completed.</summary>
    private protected void AddGroup(ParamGroup group)
    {
        var known = parameters().ToHashSet<object>(ReferenceEqualityComparer.Instance);
        group.Parameters = [.. group.Parameters];
        if (group.Parameters.Any(known.Contains))
        {
            throw new ArgumentException("some parameters appear in more than one parameter group", nameof(group));
        }

        group.InitialLearningRate = group.LearningRate;
        _parameter_groups.Add(group);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (!disposing)
        {
            return;
        }

        foreach (var kept in state.Values)
        {
            kept.Dispose();
        }

        state.Clear();
    }
}
