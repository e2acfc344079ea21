namespace Dsl.Runtime;

/// <summary>
/// A corridor with a fork at its end, and a sign at its start that says which way is right: what is seen at the fork does not say
/// it, so that only a policy with a memory does better than chance (the T-maze of Bakker 2002, walked by itself). Observations
/// are the sign, which is −1 or 1 in the first step and 0 then, and whether this is the fork, [2]. Actions 0 and 1 turn to −1
/// and 1 at the fork, and mean nothing before. The right turn earns 1, the wrong one −1; either terminates.
/// </summary>
/// <param name="length">Steps from the sign to the fork, at least 1.</param>
public sealed class CorridorRecall(int length = 5) : EpisodicEnvironment<float[], int>(null)
{
    private readonly int _length = length >= 1 ? length
        : throw new ArgumentOutOfRangeException(nameof(length), length, "The fork is at least a step away.");

    private int _sign;
    private int _place;

    /// <inheritdoc/>
    public override ISpace<float[]> Observations { get; } = new BoxSpace([-1, 0], [1, 1]);

    /// <inheritdoc/>
    public override ISpace<int> Actions { get; } = new DiscreteSpace(2);

    /// <inheritdoc/>
    protected override float[] Start()
    {
        (_sign, _place) = (2 * Random.Below(2) - 1, 0);
        return Seen();
    }

    /// <inheritdoc/>
    protected override (float[] Observation, double Reward, bool Terminated) Advance(int action)
    {
        bool isFork = _place == _length;
        if (!isFork) _place++;
        return (Seen(), !isFork ? 0 : 2 * action - 1 == _sign ? 1 : -1, isFork);
    }

    /// <inheritdoc/>
    protected override string Draw() =>
        $"{(_place == 0 ? _sign < 0 ? "<" : ">" : " ")}{string.Concat(Enumerable.Range(0, _length + 1)
            .Select(place => place == _place ? '@' : place == _length ? 'Y' : '.'))}";

    private float[] Seen() => [_place == 0 ? _sign : 0, _place == _length ? 1 : 0];
}
