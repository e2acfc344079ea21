namespace Dsl;

/// <summary>
/// Deep Q-learning: a network of the values Q(s, ·) of all actions learns r + γ·(1 − d)·max Q̄(s′, ·), where Q̄ is a
/// copy of it that stays for a while and d says that the task was over, by Huber's loss on transitions drawn from a memory (Mnih
/// et al. 2015, Nature 518, algorithm 1).
/// </summary>
/// <remarks>
/// <para>
/// <c>Fit(environment)</c> takes a <c>VectorEnvironment&lt;float[], int&gt;</c> and acts in it by itself: with probability ε any
/// action, else the one of the largest value. Observations are the model's input [N, ...], actions its outputs [N, K]. An update
/// reads a batch of [BatchSize] transitions. A run is counted in updates, <c>[Steps]</c>: it acts
/// <see cref="LearningStarts"/> + steps·<see cref="StepsPerUpdate"/> times. A thousand updates are told together, with the mean
/// return of the last 100 episodes.
/// </para>
/// <para>
/// A truncated episode's last transition counts the value of what was seen last; a terminated one's does not. A checkpoint holds
/// the memory, the copy and what was done in the present episodes, so that a resumed run equals an uninterrupted one.
/// </para>
/// </remarks>
/// <example><code>
/// [Model(4), Linear(128), ReLU, Linear(84), ReLU, Linear(2)]
/// public partial class QNet;
///
/// [Trainer&lt;QNet&gt;, Dqn(Double = true), Adam(1e-3), BatchSize(64), Steps(50_000)]
/// public partial class QTrainer;
/// </code></example>
public sealed class DqnAttribute : SchemeAttribute
{
    /// <summary>γ: what a reward is worth a step later.</summary>
    [Interval("[0, 1]")]
    public double Discount { get; set; } = 0.99;

    /// <summary>Updates from one copy of the network to the next.</summary>
    [Interval("[1, inf)")]
    public int TargetPeriod { get; set; } = 500;

    /// <summary>Whether the network chooses the action whose value its copy gives: Q̄(s′, argmax Q(s′, ·)), which
    /// overestimates less (van Hasselt, Guez and Silver 2016, arXiv 1509.06461).</summary>
    public bool Double { get; set; }

    /// <summary>Transitions that are remembered.</summary>
    [Interval("[1, inf)")]
    public int Memory { get; set; } = 10_000;

    /// <summary>Steps of the environment before the first update; at least a batch.</summary>
    [Interval("[1, inf)")]
    public int LearningStarts { get; set; } = 1000;

    /// <summary>Steps of the environment from one update to the next.</summary>
    [Interval("[1, inf)")]
    public int StepsPerUpdate { get; set; } = 4;

    /// <summary>α of prioritised replay: transitions are drawn in proportion to |error|^α, 0 for all alike (Schaul et al. 2016,
    /// arXiv 1511.05952, where it is 0.6); each weighs (n·P)^−β then, divided by the largest of the batch.</summary>
    [Interval("[0, 1]")]
    public double Priority { get; set; }

    /// <summary>β at the start of the run, which grows evenly to 1; read where there is a <see cref="Priority"/>.</summary>
    [Interval("[0, 1]")]
    public double Correction { get; set; } = 0.4;

    /// <summary>ε at the start: the probability of any action.</summary>
    [Interval("[0, 1]")]
    public double Explore { get; set; } = 1;

    /// <summary>ε from <see cref="ExploreSteps"/> on.</summary>
    [Interval("[0, 1]")]
    public double Until { get; set; } = 0.05;

    /// <summary>Steps of the environment over which ε falls evenly.</summary>
    [Interval("[1, inf)")]
    public int ExploreSteps { get; set; } = 10_000;

    /// <summary>δ of Huber's loss: the error from which it grows linearly.</summary>
    [Interval("(0, inf)")]
    public double Delta { get; set; } = 1;
}
