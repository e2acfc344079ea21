namespace Dsl;

/// <summary>
/// Objectives whose gradients do not work against each other: from each gradient the part is taken that points against another
/// one's, g_i ← g_i − min(g_i·g_j, 0)/‖g_j‖²·g_j for the others j in a random order, and what is left adds up
/// (PCGrad; Yu et al. 2020, arXiv 2001.06782, algorithm 1).
/// </summary>
/// <remarks>
/// <para>
/// An objective's gradient is that of its part of the sum, its <c>Weight</c> included. It is changed in the parameters that all
/// objectives share; those of single heads have their own gradient, and terms that are no objectives add theirs as it is. A step
/// goes back once for each objective and goes through autograd.
/// </para>
/// <para>
/// <c>TaskGradients.Cosines()</c> of the trainer says how the gradients of the last step went together, before anything was
/// taken from them. With two objectives nothing is random.
/// </para>
/// </remarks>
/// <example><code>
/// [Trainer&lt;Net&gt;, CrossEntropy(Of = "digit"), CrossEntropy(Of = "writer"), PcGrad, Adam(1e-3), Epochs(20)]
/// public partial class NetTrainer;
/// </code></example>
public sealed class PcGradAttribute : RecipeAttribute;
