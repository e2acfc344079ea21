using System;

namespace Dsl;

/// <summary>
/// A metric of one's own: a static method of a trainer, in plain C#, which <c>Evaluate</c> reports under the method's name.
/// <c>[Metric] private static double Within(Tensor predictions, Tensor targets) => ...;</c>
/// </summary>
/// <remarks>
/// The method is called once for each evaluation, with the predictions of all samples, [N, ...], and their labels: numbers in the
/// shape of the predictions, or classes [N] int64. It returns a <see cref="double"/>, or a tensor of one number.
/// </remarks>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MetricAttribute : Attribute;
