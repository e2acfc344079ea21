namespace Dsl.Runtime;

/// <summary>
/// Blackjack against a dealer who draws below 17, with an endless deck: Blackjack-v1, example 5.1 of Sutton and Barto (2018).
/// Action 0 sticks and 1 hits; a won hand earns 1, a lost one −1, a draw 0.
/// </summary>
/// <remarks>The rules are Gymnasium's as it registers them (0.29, gymnasium/envs/toy_text/blackjack.py, <c>sab=True</c>): an ace
/// and a ten at the start win, unless the dealer has them too. An observation is one number for the three of Gymnasium's, see
/// <see cref="Observe"/> and <see cref="Read"/>.</remarks>
public sealed class Blackjack() : EpisodicEnvironment<int, int>(null)
{
    private const int Sums = 32, Cards = 11;
    private readonly List<int> _player = [], _dealer = [];

    /// <inheritdoc/>
    public override ISpace<int> Observations { get; } = new DiscreteSpace(Sums * Cards * 2);

    /// <inheritdoc/>
    public override ISpace<int> Actions { get; } = new DiscreteSpace(2);

    /// <summary>The number of an observation.</summary>
    /// <param name="sum">The player's sum, in [0, 31].</param>
    /// <param name="dealer">The dealer's open card, in [1, 10], with 1 for an ace.</param>
    /// <param name="usableAce">Whether an ace of the player's counts 11.</param>
    public static int Observe(int sum, int dealer, bool usableAce) => (sum * Cards + dealer) * 2 + (usableAce ? 1 : 0);

    /// <summary>What the number of an observation stands for.</summary>
    public static (int Sum, int Dealer, bool UsableAce) Read(int observation) =>
        (observation / 2 / Cards, observation / 2 % Cards, observation % 2 == 1);

    /// <inheritdoc/>
    protected override int Start()
    {
        foreach (var hand in new[] { _dealer, _player })
        {
            hand.Clear();
            hand.Add(Card());
            hand.Add(Card());
        }

        return Seen();
    }

    /// <inheritdoc/>
    protected override (int Observation, double Reward, bool Terminated) Advance(int action)
    {
        if (action == 1)
        {
            _player.Add(Card());
            bool isBust = Sum(_player) > 21;
            return (Seen(), isBust ? -1 : 0, isBust);
        }

        while (Sum(_dealer) < 17) _dealer.Add(Card());
        int dealer = Sum(_dealer) > 21 ? 0 : Sum(_dealer);
        bool wins = IsNatural(_player) && !IsNatural(_dealer);
        return (Seen(), wins ? 1 : Math.Sign(Sum(_player) - dealer), true);
    }

    /// <inheritdoc/>
    protected override string Draw() =>
        $"dealer {_dealer[0]}{(_dealer.Count > 2 ? " " + string.Join(' ', _dealer.Skip(1)) : " ?")}\n"
        + $"player {string.Join(' ', _player)} = {Sum(_player)}";

    private static bool HasUsableAce(List<int> hand) => hand.Contains(1) && hand.Sum() + 10 <= 21;

    private static int Sum(List<int> hand) => hand.Sum() + (HasUsableAce(hand) ? 10 : 0);

    private static bool IsNatural(List<int> hand) => hand.Count == 2 && hand.Contains(1) && hand.Contains(10);

    // Ten, jack, queen and king count 10.
    private int Card() => Math.Min(1 + Random.Below(13), 10);

    private int Seen() => Observe(Sum(_player), _dealer[0], HasUsableAce(_player));
}
