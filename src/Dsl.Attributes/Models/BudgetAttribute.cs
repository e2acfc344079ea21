using System;

namespace Dsl;

/// <summary>What a model may cost: a declaration that costs more does not compile.</summary>
/// <remarks>Quantities are numbers with a unit: k, M, G, T for thousands (10³, 10⁶, ...), kB, MB, GB and KiB, MiB, GiB for
/// bytes. The table at the head of the generated file shows what each layer costs.</remarks>
/// <example><code>
/// [Model(1, 28, 28), Budget(Parameters = "1M", Flops = "50M", ActivationBytes = "500 KiB")]
/// [Conv2d(32, 3), ReLU, MaxPool2d(2)]
/// [Flatten, Linear(10)]
/// public partial class Net;
/// </code></example>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class BudgetAttribute : Attribute
{
    /// <summary>The most parameters, frozen ones included: <c>"1.5M"</c>.</summary>
    public string? Parameters { get; set; }

    /// <summary>The most floating-point operations of one sample's forward pass; a multiply-add counts as two.</summary>
    public string? Flops { get; set; }

    /// <summary>The most bytes that one sample's forward pass saves for the backward pass.</summary>
    public string? ActivationBytes { get; set; }
}
