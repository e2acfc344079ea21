namespace Dsl;

/// <summary>
/// How parameters start. Before the first layer of a stack it concerns the weights of all layers in the stack, the blocks used in
/// it among them; behind a layer, that layer; behind a <c>[Use&lt;T&gt;]</c>, all layers of that use.
/// </summary>
/// <remarks>
/// Weights are parameters of two or more dimensions that start at random; a normalisation, which starts at a constant, changes
/// only where the rule stands directly behind it or names it in <see cref="Parameter"/>. Of several rules for one parameter the
/// nearest decides: an inner stack's before an outer one's, one behind a layer before one at the head of a stack, of two at one
/// place the later. What no rule says starts as in PyTorch.
/// </remarks>
/// <example><code>
/// [Model(784), Init(Initializer.KaimingNormal, Bias = Initializer.Zero)]
/// [Linear(256), ReLU]
/// [Linear(10), Init(Initializer.Zero)]
/// public partial class Net;
/// </code></example>
public sealed class InitAttribute : ParameterRuleAttribute
{
    /// <summary>Says how weights start.</summary>
    /// <param name="initializer">For weights, or for what <see cref="Parameter"/> names.</param>
    public InitAttribute(Initializer initializer = Initializer.Unchanged) => Initializer = initializer;

    /// <summary>For weights, or for what <see cref="Parameter"/> names.</summary>
    public Initializer Initializer { get; }

    /// <summary>For the biases of the same layers: any initialiser that needs no fan.</summary>
    public Initializer Bias { get; set; } = Initializer.Unchanged;

    /// <summary>
    /// Only parameters whose name in the state dictionary ends with this, from a dot on: <c>"out_proj.weight"</c>. It may name
    /// what the rule would not reach otherwise, a bias or a normalisation. Empty for all weights.
    /// </summary>
    public string Parameter { get; set; } = "";

    /// <summary>Which connections a Kaiming initialiser counts.</summary>
    public FanMode Fan { get; set; } = FanMode.In;

    /// <summary>What follows the layers, for the gain of a Kaiming initialiser.</summary>
    public Nonlinearity Nonlinearity { get; set; } = Nonlinearity.ReLU;

    /// <summary>The slope below zero of <see cref="Nonlinearity.LeakyReLU"/>.</summary>
    [Interval("[0, inf)")]
    public double Slope { get; set; } = 0.01;

    /// <summary>Gain of a Xavier initialiser or an orthogonal one.</summary>
    [Interval("(0, inf)")]
    public double Gain { get; set; } = 1;

    /// <summary>Standard deviation of a normal initialiser; 0.02 is that of BERT and GPT-2.</summary>
    [Interval("(0, inf)")]
    public double Std { get; set; } = 0.02;

    /// <summary>The bound b of <see cref="Initializer.Uniform"/>; must be given for it.</summary>
    [Interval("(0, inf)")]
    public double Bound { get; set; } = 1;

    /// <summary>The value of <see cref="Initializer.Constant"/>; must be given for it.</summary>
    [Interval("(-inf, inf)")]
    public double Value { get; set; }

    /// <summary>
    /// The number R of residual additions in the model: what is drawn is divided by √R, so that their sum keeps its variance
    /// (Radford et al. 2019, section 2.3). A transformer of L layers has R = 2L.
    /// </summary>
    [Interval("[1, inf)")]
    public int Residuals { get; set; } = 1;
}
