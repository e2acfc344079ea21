namespace Dsl;

/// <summary>
/// Feature distillation: the mean squared difference of a tagged value of the trained network and one of the teacher, over all
/// elements (hints of Romero et al. 2015, arXiv 1412.6550, equation 3).
/// </summary>
/// <remarks>
/// Where both values have the same shape, they are compared as they are. Where they differ in channels [N, C, ...] or features
/// [N, F], [N, T, F] alone, an adapter brings the network's to the teacher's width, the regressor of the paper: a convolution
/// of size 1, or a linear layer. It belongs to the trainer, is trained by its optimizer, started by its seed and saved with the
/// run; the network is saved and used without it. Shapes that differ elsewhere are an error. The teacher is a declared one:
/// <see cref="DistillFeatureAttribute{TTeacher}"/>, or <see cref="DistillAttribute{TTeacher}"/> beside it.
/// </remarks>
public class DistillFeatureAttribute : TermAttribute
{
    /// <summary>Makes a tagged value, or an output, of the network follow one of the teacher.</summary>
    /// <param name="of">The tag in the trained network.</param>
    public DistillFeatureAttribute(string of) => Of = of;

    /// <summary>The tag in the teacher; that of the trained network when it is left out.</summary>
    public string? Teacher { get; set; }
}

/// <summary>Feature distillation from a declared model.</summary>
/// <typeparam name="TTeacher">A class with <see cref="ModelAttribute">[Model]</see>; the trainer's constructor takes
/// one.</typeparam>
/// <param name="of">The tag in the trained network.</param>
public sealed class DistillFeatureAttribute<TTeacher>(string of) : DistillFeatureAttribute(of);
