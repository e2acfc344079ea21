namespace Dsl.Runtime;

/// <summary>
/// A maze of which the cells around are seen alone, so that different places look alike. The observation is a square of
/// 2r + 1 cells a side around the own one, row by row: −1 for a wall, 0 for floor and start, 1 for the goal, −0.5 for the
/// cliff.
/// </summary>
/// <param name="maze">The maze.</param>
/// <param name="radius">r: how far is seen, at least 1.</param>
public sealed class MazeView(GridMaze maze, int radius = 1) : IEnvironment<float[], int>
{
    private readonly GridMaze _maze = maze ?? throw new ArgumentNullException(nameof(maze));
    private readonly int _radius = radius >= 1 ? radius
        : throw new ArgumentOutOfRangeException(nameof(radius), radius, "The cells around are at least 1 away.");

    /// <inheritdoc/>
    public ISpace<float[]> Observations { get; } = new BoxSpace(
        [.. Enumerable.Repeat(-1f, (2 * radius + 1) * (2 * radius + 1))],
        [.. Enumerable.Repeat(1f, (2 * radius + 1) * (2 * radius + 1))]);

    /// <inheritdoc/>
    public ISpace<int> Actions => _maze.Actions;

    /// <inheritdoc/>
    public float[] Reset(long seed) => Seen(_maze.Reset(seed));

    /// <inheritdoc/>
    public EnvironmentStep<float[]> Step(int action)
    {
        var step = _maze.Step(action);
        return new EnvironmentStep<float[]>(Seen(step.Observation), step.Reward, step.Terminated, step.Truncated);
    }

    /// <inheritdoc/>
    public string Render() => _maze.Render();

    private float[] Seen(int cell)
    {
        int side = 2 * _radius + 1, row = cell / _maze.Columns - _radius, column = cell % _maze.Columns - _radius;
        return
        [
            .. Enumerable.Range(0, side * side).Select(i => _maze.At(row + i / side, column + i % side) switch
            {
                '#' => -1f,
                'G' => 1f,
                'C' => -0.5f,
                _ => 0f,
            }),
        ];
    }
}
