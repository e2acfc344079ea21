namespace Dsl;

/// <summary>
/// Learning without forgetting (LwF): the network goes on saying of the new task's samples what it said of them before the
/// task, λ·mean over samples of −Σₖ t_k·log softmax(z/T)_k, t = softmax(z_o/T), z_o the outputs of the network as it was
/// when the last task ended (Li and Hoiem 2016, arXiv 1606.09282, equations 2 and 3).
/// </summary>
/// <remarks>
/// <para>
/// <c>EndTask(data)</c> keeps a copy of the network, in evaluation mode, which a checkpoint holds; before the first call the
/// term is 0. Nothing of earlier data is kept. There is no factor T², as in the paper: <c>Weight</c> = T² has the gradients of
/// Hinton et al.
/// </para>
/// <para>
/// The paper's network has a head for each task. With one head for all of them every output is held, those of classes that come
/// later among them. Where the new task's samples share nothing with the old one's, as with permuted pixels, what the old network
/// says of them says nothing of the old task.
/// </para>
/// </remarks>
/// <example><code>
/// [Trainer&lt;Net&gt;, CrossEntropy, LearningWithoutForgetting, Adam(1e-3), Epochs(40)]
/// public partial class NetTrainer;
/// </code></example>
public sealed class LearningWithoutForgettingAttribute : SchemeAttribute
{
    /// <summary>λ: weight of the term once a task has ended.</summary>
    [Interval("[0, inf)")]
    public double Weight { get; set; } = 1;

    /// <summary>T, which softens both distributions.</summary>
    [Interval("(0, inf)")]
    public double Temperature { get; set; } = 2;
}
