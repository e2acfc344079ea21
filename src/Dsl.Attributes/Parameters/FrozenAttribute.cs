namespace Dsl;

/// <summary>
/// Freezes every parameter before it in its stack, those of blocks among them: no gradient is computed for them and no update
/// changes them. A block that ends with it is frozen wherever it is used.
/// </summary>
/// <remarks>
/// Batch normalisations in the frozen part use their running statistics, and leave them as they are, in training too.
/// Dropout stays as the mode says. Frozen parameters have their places in the state dictionary and in <c>parameters()</c>, with
/// <c>requires_grad</c> false; gradients, moments and averages have no room for them.
/// </remarks>
/// <example><code>
/// [Model(3, 32, 32)]
/// [Use&lt;Backbone&gt;, Frozen]
/// [Flatten, Linear(10)]
/// public partial class FineTuned;
/// </code></example>
public sealed class FrozenAttribute : ParameterRuleAttribute;
