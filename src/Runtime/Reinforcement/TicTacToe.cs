namespace Dsl.Runtime;

/// <summary>How the opponent in <see cref="TicTacToe"/> plays.</summary>
public enum TicTacToeOpponent
{
    /// <summary>On any free cell.</summary>
    Random,

    /// <summary>Completes a line, else prevents one, else on any free cell.</summary>
    Attentive,

    /// <summary>On the first free cell, row by row.</summary>
    FirstFree,

    /// <summary>On the last free cell.</summary>
    LastFree,
}

/// <summary>
/// Tic-tac-toe as the first player, against an opponent that can change between episodes. The observation is the board as a
/// number of base 3, cell 0 the lowest digit: 0 free, 1 own, 2 the opponent's. The action is a cell, 0, ..., 8. A won game earns
/// 1, a lost one −1, a draw 0; a cell that is taken loses the game.
/// </summary>
public sealed class TicTacToe() : EpisodicEnvironment<int, int>(null)
{
    private static readonly int[][] Lines =
        [[0, 1, 2], [3, 4, 5], [6, 7, 8], [0, 3, 6], [1, 4, 7], [2, 5, 8], [0, 4, 8], [2, 4, 6]];

    private readonly int[] _cells = new int[9];

    /// <summary>How the opponent plays; a change holds from the next answer on.</summary>
    public TicTacToeOpponent Opponent { get; set; }

    /// <inheritdoc/>
    public override ISpace<int> Observations { get; } = new DiscreteSpace(19683);

    /// <inheritdoc/>
    public override ISpace<int> Actions { get; } = new DiscreteSpace(9);

    /// <inheritdoc/>
    protected override int Start()
    {
        Array.Clear(_cells);
        return Seen();
    }

    /// <inheritdoc/>
    protected override (int Observation, double Reward, bool Terminated) Advance(int action)
    {
        if (_cells[action] != 0) return (Seen(), -1, true);
        _cells[action] = 1;
        if (HasLine(1)) return (Seen(), 1, true);
        if (!_cells.Contains(0)) return (Seen(), 0, true);
        _cells[Answer()] = 2;
        return HasLine(2) ? (Seen(), -1, true) : (Seen(), 0, !_cells.Contains(0));
    }

    /// <inheritdoc/>
    protected override string Draw() => string.Join('\n', Enumerable.Range(0, 3)
        .Select(row => string.Join(' ', _cells.Skip(3 * row).Take(3).Select(cell => ".XO"[cell]))));

    private int Answer()
    {
        int[] free = [.. Enumerable.Range(0, 9).Where(cell => _cells[cell] == 0)];
        return Opponent switch
        {
            TicTacToeOpponent.FirstFree => free[0],
            TicTacToeOpponent.LastFree => free[^1],
            TicTacToeOpponent.Attentive => Completing(2) ?? Completing(1) ?? free[Random.Below(free.Length)],
            _ => free[Random.Below(free.Length)],
        };
    }

    private int? Completing(int player)
    {
        foreach (int[] line in Lines)
        {
            int free = line.FirstOrDefault(cell => _cells[cell] == 0, -1);
            if (free >= 0 && line.Count(cell => _cells[cell] == player) == 2) return free;
        }

        return null;
    }

    private bool HasLine(int player) => Lines.Any(line => line.All(cell => _cells[cell] == player));

    private int Seen() => Enumerable.Range(0, 9).Reverse().Aggregate(0, (number, cell) => 3 * number + _cells[cell]);
}
