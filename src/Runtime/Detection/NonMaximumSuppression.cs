namespace Dsl.Runtime;

/// <summary>How scores fall where boxes overlap one with a higher score.</summary>
public enum Suppression
{
    /// <summary>To nothing, above a threshold.</summary>
    Hard,

    /// <summary>By the factor 1 − overlap, above a threshold (Bodla et al. 2017, arXiv 1704.04503, equation 2).</summary>
    Linear,

    /// <summary>By the factor exp(−overlap²/σ), for every overlap (equation 3 of the same).</summary>
    Gaussian,
}

/// <summary>One detection for each object of many that overlap: non-maximum suppression, on the host.</summary>
/// <remarks>Detections come out in the order of their scores; of equal ones the first in the list comes first.</remarks>
public sealed record NonMaximumSuppression
{
    /// <summary>How scores fall.</summary>
    public Suppression Kind { get; init; } = Suppression.Hard;

    /// <summary>The overlap above which they do, in [0, 1]; without effect on <see cref="Suppression.Gaussian"/>.</summary>
    public double Threshold
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 1);
            field = value;
        }
    } = 0.45;

    /// <summary>σ of <see cref="Suppression.Gaussian"/>, more than 0.</summary>
    public double Sigma
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            field = value;
        }
    } = 0.5;

    /// <summary>The score below which a detection is left out, in [0, 1].</summary>
    public double LeastScore { get; init; } = 0.01;

    /// <summary>How many detections an image has at most, at least 1.</summary>
    public int Most { get; init; } = 200;

    /// <summary>Whether detections of other classes count too; else each class is looked at alone.</summary>
    public bool AcrossClasses { get; init; }

    /// <summary>Leaves of the detections of one image those that stand for themselves.</summary>
    public Detection[] Of(IEnumerable<Detection> detections)
    {
        ArgumentNullException.ThrowIfNull(detections);
        ArgumentOutOfRangeException.ThrowIfLessThan(Most, 1);
        var all = detections.Where(detection => detection.Score >= LeastScore);
        var kept = AcrossClasses ? Reduce(all) : all.GroupBy(detection => detection.Class).SelectMany(Reduce);
        return [.. kept.OrderByDescending(detection => detection.Score).Take(Most)];
    }

    private IEnumerable<Detection> Reduce(IEnumerable<Detection> detections)
    {
        var left = detections.OrderByDescending(detection => detection.Score).ToList();
        while (left.Count > 0)
        {
            // Scores that fall change the order; the first of the largest is next.
            int next = 0;
            for (int i = 1; Kind != Suppression.Hard && i < left.Count; i++) if (left[i].Score > left[next].Score) next = i;
            var best = left[next];
            left.RemoveAt(next);
            yield return best;
            for (int i = left.Count - 1; i >= 0; i--)
            {
                float score = (float)(left[i].Score * Factor(best.Box.Overlap(left[i].Box)));
                if (score < LeastScore || score == 0) left.RemoveAt(i);
                else left[i] = left[i] with { Score = score };
            }
        }
    }

    private double Factor(double overlap) => Kind switch
    {
        Suppression.Gaussian => Math.Exp(-overlap * overlap / Sigma),
        _ when overlap <= Threshold => 1,
        Suppression.Linear => 1 - overlap,
        _ => 0,
    };
}
