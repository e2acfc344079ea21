using System;

namespace Dsl;

/// <summary>How gradients come about in generated code.</summary>
public enum Backward
{
    /// <summary>What the project says in its <c>DslBackward</c> property; explicit unless it says otherwise.</summary>
    Default,

    /// <summary>Backward operations are emitted next to the forward ones: no tape is recorded, no graph is built.</summary>
    Explicit,

    /// <summary>Only the forward pass is emitted, in TorchSharp's API, and <c>backward()</c> is called on the loss.</summary>
    Autograd,
}

/// <summary>Declares a trainer: objectives, a scheme and a recipe for training a
/// <see cref="ModelAttribute">model</see>.</summary>
/// <typeparam name="TModel">The model to train: a class with <c>[Model]</c>.</typeparam>
/// <example><code>
/// [Trainer&lt;Net&gt;]
/// [Distill(Temperature = 4, Weight = 0.9), CrossEntropy(Weight = 0.1)]
/// [Sgd(0.1, Momentum = 0.9), Cosine(WarmupEpochs = 1), Epochs(30)]
/// public partial class NetTrainer;
/// </code></example>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class TrainerAttribute<TModel> : Attribute
{
    /// <summary>How gradients come about; overrides the project's <c>DslBackward</c>.</summary>
    public Backward Backward { get; set; }
}
