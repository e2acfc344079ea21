using System;

namespace Dsl;

/// <summary>The column that a model predicts. Its type says what that is.</summary>
/// <remarks>
/// <para>A <c>string</c> with its classes by name, an enum, or an <c>int</c> with <see cref="Classes"/>: one of K classes, for
/// which the model ends in K numbers (<c>[CrossEntropy]</c>).</para>
/// <para><c>bool</c>: yes or no, one number (<c>[BinaryCrossEntropy]</c>); several of them, a number for each.</para>
/// <para><c>float</c> or <c>double</c>: a real number (<c>[MeanSquaredError]</c>), or several. With <c>[Standardize]</c> the
/// model learns it in its own unit; predictions and errors are in that of the table.</para>
/// The classes are declared because a model's size depends on them. A label may be nullable: rows to predict then leave it out.
/// </remarks>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
public sealed class LabelAttribute : Attribute
{
    /// <summary>Declares the label.</summary>
    /// <param name="names">The classes of a text, at least two, each once. Their order is that of the model's outputs.</param>
    public LabelAttribute(params string[] names) => Names = names;

    /// <summary>The classes of a text.</summary>
    public string[] Names { get; }

    /// <summary>How many classes an <c>int</c> counts: 0, ..., K − 1. Generated code names each.</summary>
    [Interval("[2, 100000]")]
    public int Classes { get; set; } = 2;
}
