namespace Dsl;

/// <summary>
/// Mean Teacher: the student's predictions on unlabelled data are pulled towards those of an exponential moving average of
/// itself, w(t)·mean (softmax z_s − softmax z_t)² over batch and classes (Tarvainen and Valpola 2017, arXiv 1703.01780).
/// </summary>
/// <remarks>
/// Needs a labelled objective, and a second stream of unlabelled inputs in <c>Fit</c> and <c>Batch</c>. The teacher starts as a
/// copy, runs in training mode without gradient, and after each update k = 1, 2, ... becomes a·teacher + (1 − a)·student with
/// a = min(1 − 1/(k + 1), <see cref="Ema"/>); buffers are copied. <c>Evaluate</c> evaluates the teacher.
/// </remarks>
public sealed class MeanTeacherAttribute : SchemeAttribute
{
    /// <summary>Decay of the teacher's moving average.</summary>
    [Interval("[0, 1)")]
    public double Ema { get; set; } = 0.999;

    /// <summary>Weight of the consistency term after the ramp-up.</summary>
    [Interval("[0, inf)")]
    public double ConsistencyWeight { get; set; } = 10;

    /// <summary>Epochs over which the weight grows as exp(−5(1 − t/R)²); 0 for none. Not together with
    /// <see cref="RampUpSteps"/>.</summary>
    [Interval("[0, inf)")]
    public int RampUpEpochs { get; set; }

    /// <summary>Steps over which the weight grows as exp(−5(1 − t/R)²); 0 for none. Not together with
    /// <see cref="RampUpEpochs"/>.</summary>
    [Interval("[0, inf)")]
    public int RampUpSteps { get; set; }
}
