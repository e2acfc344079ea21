namespace Dsl;

/// <summary>
/// Objectives weighed by how uncertain each is, which is learned with the network: Σ over objectives of ½·e^(−s)·L + ½·s,
/// s a number of each, the logarithm of its variance (Kendall, Gal and Cipolla 2018, arXiv 1705.07115, equations 7 and 10).
/// </summary>
/// <remarks>
/// <para>
/// s starts at 0, where every objective has half its weight. It is learned by the optimizer of the network, without weight decay;
/// <c>Uncertainty</c> with the objective's name is its property, [1], and a checkpoint holds it. Where s no longer moves, e^s is
/// the loss itself: an objective of a hundredth of the size has a hundred times the weight. An update that moved s above 20
/// brings it back there.
/// </para>
/// <para>
/// ½·e^(−s)·L + ½·s is the negative logarithm of a normal likelihood, L a mean squared error. The paper takes e^(−s)·L
/// for cross-entropies, of the same form but for a constant that moves s by log 2: here all objectives have the ½. <c>Weight</c>
/// of an objective stays a factor of its whole part. A loss that can be below 0 has no least value here.
/// </para>
/// </remarks>
/// <example><code>
/// [Trainer&lt;Net&gt;, CrossEntropy(Of = "digit"), CrossEntropy(Of = "writer"), UncertaintyWeighting, Adam(1e-3), Epochs(20)]
/// public partial class NetTrainer;
/// </code></example>
public sealed class UncertaintyWeightingAttribute : RecipeAttribute;
