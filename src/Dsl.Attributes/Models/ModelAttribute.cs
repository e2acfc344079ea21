using System;

namespace Dsl;

/// <summary>Declares a model: a stack of layers in reading order, for inputs of one shape.</summary>
/// <remarks>
/// The class must be partial. The compiler makes it a <c>torch.nn.Module&lt;Tensor, Tensor&gt;</c> with a <c>forward</c> for
/// inference and a <c>Forward</c>/<c>Backward</c> pair for training. All layers stand on the declaration that carries
/// <c>[Model]</c>. Parameters are named as in PyTorch's <c>nn.Sequential</c>: the layer's position, then <c>weight</c> or
/// <c>bias</c>. What a stack cannot say, a method says: layers on partial methods, and a <c>Forward</c> in plain C# that calls
/// them. Parameters are then named after the methods.
/// </remarks>
/// <example><code>
/// [Model(1, 28, 28)]
/// [Conv2d(32, 3), ReLU, MaxPool2d(2)]
/// [Flatten, Linear(10)]
/// public partial class Net;
/// </code></example>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ModelAttribute : Attribute
{
    /// <summary>Declares a model for inputs of shape [N, <paramref name="inputShape"/>].</summary>
    /// <param name="inputShape">The input's sizes without the batch dimension: <c>Model(784)</c> takes [N, 784],
    /// <c>Model(3, 32, 32)</c> takes [N, 3, 32, 32] (channels, height, width). Each is at least 1.</param>
    public ModelAttribute(params int[] inputShape) => InputShape = inputShape;

    /// <summary>The input's sizes without the batch dimension.</summary>
    [Interval("[1, inf)")]
    public int[] InputShape { get; }

    /// <summary>The output's sizes without the batch dimension, where they are stated: checked against what the compiler
    /// infers, and needed where it infers nothing, for a <c>Forward</c> that it cannot analyse.</summary>
    [Interval("[1, inf)")]
    public int[] OutputShape { get; set; } = [];

    /// <summary>What the elements of the input are: real numbers, or indices such as tokens, which an <c>Embedding</c> turns
    /// into vectors.</summary>
    public Elements Elements { get; set; }

    /// <summary>Whether the class also gets <c>Next(input, cache)</c>, which computes one place of a sequence [N, T, ...] at the
    /// cost of one: keys and values of attention and states of recurrences are kept in a <c>SequenceCache</c>. A place must
    /// depend on itself and those before alone, which the compiler proves. <c>TokenGeneration</c> continues sequences by
    /// it.</summary>
    public bool Stepwise { get; set; }

    /// <summary>Whether recurrences can go on from states that are given (Williams and Peng 1990): the class also gets
    /// <c>NewStates(n)</c>, zero states for n sequences, and <c>forward(input, states)</c>, which starts from states and writes
    /// those that it ends with in their place. <c>forward(input)</c> starts from zeros, as without. For stacks whose recurrent
    /// layers read forwards, outside of blocks and without <c>[Lengths]</c>.
    /// <c>[TruncatedBackpropagation]</c> trains it on long sequences, part by part.</summary>
    public bool CarriesStates { get; set; }
}

/// <summary>Declares a model for the rows of a table: a <see cref="TableAttribute">record</see> says how many numbers come in,
/// and what the model predicts.</summary>
/// <remarks>
/// The input is [N, width]: a number for each column of numbers, one for each category, in the order of the columns. The output
/// is [N, K], with K by the <see cref="LabelAttribute">label</see>; a <c>[Linear]</c> without a size has that one. The class gets
/// <c>Predict</c> for rows, and <c>Save</c> and <c>Load</c> for a file with weights, statistics of the columns and classes.
/// </remarks>
/// <typeparam name="TTable">A record with <c>[Table]</c>.</typeparam>
/// <example><code>
/// [Model&lt;Iris&gt;, Linear(32), ReLU, Linear]
/// public partial class IrisNet;
/// </code></example>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ModelAttribute<TTable> : Attribute;
