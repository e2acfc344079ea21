namespace Dsl.Runtime;

/// <summary>
/// A maze of cells, written as text: <c>S</c> start, <c>G</c> goal, <c>#</c> wall, <c>C</c> cliff, <c>.</c> floor. Actions 0, 1,
/// 2 and 3 go up, right, down and left; a step into a wall stays. A step earns <see cref="StepReward"/>; reaching the goal earns
/// <see cref="GoalReward"/> and terminates; the cliff earns <see cref="CliffReward"/> and leads back to the start. The
/// observation is the cell, row by row.
/// </summary>
/// <remarks><see cref="Cliff"/> is Gymnasium's CliffWalking (0.29, gymnasium/envs/toy_text/cliffwalking.py): the same actions,
/// rewards and numbers of cells.</remarks>
public sealed class GridMaze : EpisodicEnvironment<int, int>, ITransitionModel
{
    private static readonly (int Row, int Column)[] Directions = [(-1, 0), (0, 1), (1, 0), (0, -1)];
    private readonly string[] _rows;
    private readonly double _slip;
    private readonly int _start;
    private int _cell;

    /// <summary>A maze.</summary>
    /// <param name="map">Its rows, of one length, with one start.</param>
    /// <param name="slip">The probability that a step goes to one of the two sides instead, in [0, 1].</param>
    /// <param name="maximumSteps">The step at which an episode is truncated; null for none.</param>
    public GridMaze(IReadOnlyList<string> map, double slip = 0, int? maximumSteps = null)
        : base(maximumSteps)
    {
        ArgumentNullException.ThrowIfNull(map);
        if (!(slip >= 0 && slip <= 1)) throw new ArgumentOutOfRangeException(nameof(slip), slip, "A probability is in [0, 1].");
        if (map.Count == 0 || map.Any(row => row.Length != map[0].Length || row.Length == 0))
            throw new ArgumentException("Give rows of one length, at least one.", nameof(map));
        string cells = string.Concat(map);
        if (cells.FirstOrDefault(cell => !"SG#C.".Contains(cell)) is var unknown && unknown != '\0')
            throw new ArgumentException($"'{unknown}' is none of S, G, #, C and '.'.", nameof(map));
        if (cells.Count(cell => cell == 'S') != 1)
            throw new ArgumentException($"The map has {cells.Count(cell => cell == 'S')} starts S: give it one.", nameof(map));
        (_rows, _slip, _start) = ([.. map], slip, cells.IndexOf('S'));
        Observations = new DiscreteSpace(cells.Length);
    }

    /// <summary>The cliff of example 6.6 of Sutton and Barto (2018), 4 rows of 12 cells: the shortest way, of 13 steps, goes
    /// along its edge.</summary>
    public static IReadOnlyList<string> Cliff { get; } = ["............", "............", "............", "SCCCCCCCCCCG"];

    /// <summary>What a step earns.</summary>
    public double StepReward { get; init; } = -1;

    /// <summary>What the step to the goal earns.</summary>
    public double GoalReward { get; init; } = -1;

    /// <summary>What the step over the cliff earns.</summary>
    public double CliffReward { get; init; } = -100;

    /// <inheritdoc/>
    public override ISpace<int> Observations { get; }

    /// <inheritdoc/>
    public override ISpace<int> Actions { get; } = new DiscreteSpace(4);

    /// <summary>How many rows there are.</summary>
    public int Rows => _rows.Length;

    /// <summary>How many columns there are.</summary>
    public int Columns => _rows[0].Length;

    /// <summary>The cell of the start.</summary>
    public int StartCell => _start;

    int ITransitionModel.States => Rows * Columns;

    int ITransitionModel.Actions => 4;

    /// <summary>What stands in a cell; a wall beyond the edges.</summary>
    public char At(int row, int column) =>
        row < 0 || row >= Rows || column < 0 || column >= Columns ? '#' : _rows[row][column];

    /// <inheritdoc/>
    public IReadOnlyList<TransitionOutcome> Outcomes(int state, int action)
    {
        if (At(state / Columns, state % Columns) is 'G' or '#') return [];
        var straight = Move(state, action);
        if (_slip == 0) return [straight];
        return
        [
            straight with { Probability = 1 - _slip }, Move(state, (action + 1) % 4) with { Probability = _slip / 2 },
            Move(state, (action + 3) % 4) with { Probability = _slip / 2 },
        ];
    }

    /// <inheritdoc/>
    protected override int Start() => _cell = _start;

    /// <inheritdoc/>
    protected override (int Observation, double Reward, bool Terminated) Advance(int action)
    {
        int direction = action;
        if (_slip > 0 && Random.Uniform() < _slip) direction = (action + (Random.Below(2) == 0 ? 1 : 3)) % 4;
        var outcome = Move(_cell, direction);
        _cell = outcome.Next;
        return (_cell, outcome.Reward, outcome.Terminated);
    }

    /// <inheritdoc/>
    protected override string Draw()
    {
        var rows = _rows.Select((row, y) => new string([.. row.Select((cell, x) => y * Columns + x == _cell ? '@' : cell)]));
        return $"{string.Join('\n', rows)}\nstep {StepCount}";
    }

    private TransitionOutcome Move(int state, int direction)
    {
        int row = state / Columns + Directions[direction].Row, column = state % Columns + Directions[direction].Column;
        return At(row, column) switch
        {
            '#' => new TransitionOutcome(1, state, StepReward, false),
            'C' => new TransitionOutcome(1, _start, CliffReward, false),
            'G' => new TransitionOutcome(1, row * Columns + column, GoalReward, true),
            _ => new TransitionOutcome(1, row * Columns + column, StepReward, false),
        };
    }
}
