namespace Dsl;

/// <summary>
/// Rehearsal: samples of the tasks that have ended stand behind the samples of each batch, and count as these do (experience
/// replay; Chaudhry et al. 2019, arXiv 1902.10486, algorithm 1).
/// </summary>
/// <remarks>
/// <para>
/// <c>EndTask(data)</c> offers every sample of a task to a reservoir: algorithm R of Vitter (1985) keeps, of all that were ever
/// offered, each with the same probability. The reservoir is a part of checkpoints, and shown as <c>Rehearsed</c>. <c>Fit</c>
/// draws from it in each step, without repetition within a batch and as a function of seed and step; before the first task has
/// ended, and for those who call <c>Step</c> themselves, a batch has its own samples alone.
/// </para>
/// <para>An objective's mean is over both; a batch normalisation sees both in one pass.</para>
/// </remarks>
/// <example><code>
/// [Trainer&lt;Net&gt;, CrossEntropy, Rehearsal(200), Adam(1e-3), BatchSize(64), Epochs(40)]
/// public partial class NetTrainer;
/// </code></example>
public sealed class RehearsalAttribute : RecipeAttribute
{
    /// <summary>Replays samples of earlier tasks.</summary>
    /// <param name="capacity">How many samples are kept.</param>
    public RehearsalAttribute(int capacity) => Capacity = capacity;

    /// <summary>How many samples are kept.</summary>
    [Interval("[1, inf)")]
    public int Capacity { get; }

    /// <summary>How many of them are seen in each step; all where there are fewer; 0 for as many as <c>[BatchSize]</c>
    /// says.</summary>
    [Interval("[0, inf)")]
    public int PerStep { get; set; }
}
