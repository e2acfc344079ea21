namespace Dsl.Runtime;

/// <summary>
/// Generalised advantage estimation (Schulman et al. 2016, arXiv 1506.02438, equation 16): A_t = δ_t + γ·λ·A_{t+1} within an
/// episode, with δ_t = r_t + γ·V(s_{t+1}) − V(s_t), where V(s_{t+1}) is 0 behind a termination and the value of the last
/// observation behind a truncation.
/// </summary>
public static class GeneralizedAdvantage
{
    /// <summary>The advantage of each step of one environment.</summary>
    /// <param name="rewards">r, in order.</param>
    /// <param name="values">V of what was seen before each step.</param>
    /// <param name="following">V of what was seen after each step, before a new episode began.</param>
    /// <param name="terminated">Whether the task was over then, so that <paramref name="following"/> does not count.</param>
    /// <param name="ended">Whether the episode was over then, by termination or truncation.</param>
    /// <param name="discount">γ, in [0, 1].</param>
    /// <param name="decay">λ, in [0, 1]: 0 for one step, 1 for all of them.</param>
    /// <returns>One for each step; returns are these plus <paramref name="values"/>.</returns>
    public static double[] Of(
        ReadOnlySpan<double> rewards, ReadOnlySpan<double> values, ReadOnlySpan<double> following, ReadOnlySpan<bool> terminated,
        ReadOnlySpan<bool> ended, double discount, double decay)
    {
        int steps = rewards.Length;
        if (values.Length != steps || following.Length != steps || terminated.Length != steps || ended.Length != steps)
        {
            throw new ArgumentException(
                $"There are {steps} rewards, {values.Length} values, {following.Length} following ones, {terminated.Length} and "
                + $"{ended.Length} ends: give one of each for every step.");
        }

        var advantages = new double[steps];
        double later = 0;
        for (int t = steps - 1; t >= 0; t--)
        {
            double error = rewards[t] + (terminated[t] ? 0 : discount * following[t]) - values[t];
            advantages[t] = later = error + (ended[t] ? 0 : discount * decay * later);
        }

        return advantages;
    }
}
