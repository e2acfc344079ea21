namespace Dsl;

/// <summary>
/// Averaged gradient episodic memory (A-GEM): no step works against samples of earlier
/// tasks, g ← g − min(g·g_m, 0)/‖g_m‖²·g_m, g_m the gradient of the same losses on samples that are drawn
/// from a memory (Chaudhry et al. 2019, arXiv 1812.00420, equation 11, algorithm 2).
/// </summary>
/// <remarks>
/// <para>
/// <c>EndTask(data)</c> offers every sample of a task to the memory, a reservoir that keeps each sample that it was ever
/// offered with the same probability (the paper keeps as many of each class). Each step draws from it without repetition,
/// as a function of seed and step, and takes a second gradient, with the same random numbers as far as the two have as many rows.
/// Running statistics are those of the batch alone. Before the first task has ended a step is a plain one.
/// </para>
/// <para>The memory is a part of checkpoints, and shown as <c>Memory</c>; <c>Projection.Cosine()</c> says how the two
/// gradients of the last step went together.</para>
/// </remarks>
/// <example><code>
/// [Trainer&lt;Net&gt;, CrossEntropy, AveragedGem(200), Adam(1e-3), BatchSize(64), Epochs(40)]
/// public partial class NetTrainer;
/// </code></example>
public sealed class AveragedGemAttribute : RecipeAttribute
{
    /// <summary>Remembers samples of earlier tasks.</summary>
    /// <param name="capacity">How many samples are kept.</param>
    public AveragedGemAttribute(int capacity) => Capacity = capacity;

    /// <summary>How many samples are kept.</summary>
    [Interval("[1, inf)")]
    public int Capacity { get; }

    /// <summary>How many of them a step's second gradient is of; all where there are fewer; 0 for as many as <c>[BatchSize]</c>
    /// says.</summary>
    [Interval("[0, inf)")]
    public int PerStep { get; set; }
}
