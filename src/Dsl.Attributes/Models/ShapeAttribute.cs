using System;

namespace Dsl;

/// <summary>The shape of what a layer method takes: <c>[Linear(10)] private partial Tensor Head([Shape(64)] Tensor
/// x);</c>.</summary>
/// <remarks>
/// The compiler infers it where it can analyse the model's <c>Forward</c>, and checks it where it is stated. Where it cannot,
/// the layers' parameters depend on it and it must be stated.
/// </remarks>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ShapeAttribute : Attribute
{
    /// <summary>States a shape [N, <paramref name="sizes"/>].</summary>
    /// <param name="sizes">The sizes without the batch dimension, each at least 1.</param>
    public ShapeAttribute(params int[] sizes) => Sizes = sizes;

    /// <summary>The sizes without the batch dimension.</summary>
    [Interval("[1, inf)")]
    public int[] Sizes { get; }

    /// <summary>What the elements are: real numbers, or indices such as tokens.</summary>
    public Elements Elements { get; set; }
}
