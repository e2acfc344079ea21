using System;

namespace Dsl;

/// <summary>
/// A loss of one's own: a static method of a trainer, in plain C#.
/// <c>[Objective] private static Tensor Pinball(Tensor prediction, Tensor target) => ...;</c>
/// </summary>
/// <remarks>
/// <para>The method takes the prediction in the shape in which the model returns it, [N, ...], and the target: of the same shape,
/// in the prediction's number type; or, with <see cref="Labels"/>, classes [N] int64, to a prediction [N, K]. Without a second
/// parameter the term reads no labels.</para>
/// <para>It returns one number, or a number for each sample or element, whose mean is taken.</para>
/// <para>What the compiler can run while you type is differentiated then, as a model's <c>Forward</c> is. Anything else is called
/// as it stands and goes through autograd; an information message says which construct is the reason.</para>
/// </remarks>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ObjectiveAttribute : TermAttribute
{
    /// <summary>What the second parameter is: numbers in the shape of the prediction, or classes.</summary>
    public LabelType Labels { get; set; }
}
