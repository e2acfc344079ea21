using static TorchSharp.torch.optim;

namespace TorchSharp.Modules;

/// <summary>The hyper-parameters of a group of parameters; null stands for the optimizer's own.</summary>
public class OptimizerOptions
{
    /// <summary>The learning rate of the next step.</summary>
    public double? LearningRate { get; set; }

    /// <summary>The learning rate that a schedule starts from.</summary>
    public double InitialLearningRate { get; set; }
}

/// <summary>Parameters that share hyper-parameters.</summary>
public class ParamGroup : ILearningRateController
{
    /// <summary>The parameters.</summary>
    public IEnumerable<Parameter> Parameters { get; set; } = [];

    /// <summary>The hyper-parameters.</summary>
    public OptimizerOptions Options { get; set; } = new();

    /// <inheritdoc/>
    public double LearningRate
    {
        get => Options.LearningRate ?? throw new InvalidOperationException(
            "The group has no learning rate before it is added to an optimizer.");
        set => Options.LearningRate = value;
    }

    /// <inheritdoc/>
    public double InitialLearningRate
    {
        get => Options.InitialLearningRate;
        set => Options.InitialLearningRate = value;
    }
}

/// <summary>Parameters that share hyper-parameters of one kind of optimizer.</summary>
/// <typeparam name="TOptions">The hyper-parameters.</typeparam>
public class ParamGroup<TOptions> : ParamGroup
    where TOptions : OptimizerOptions, new()
{
    /// <summary>No parameters yet, with the optimizer's own hyper-parameters.</summary>
    public ParamGroup() => Options = new TOptions();

    /// <summary>Parameters with hyper-parameters.</summary>
    public ParamGroup(IEnumerable<Parameter> parameters, TOptions? options = null)
    {
        Parameters = parameters;
        Options = options ?? new TOptions();
    }

    /// <summary>The hyper-parameters.</summary>
    public new TOptions Options
    {
        get => (TOptions)base.Options;
        set => base.Options = value;
    }
}
