namespace Dsl.Runtime;

/// <summary>
/// The last observations of an environment as one, [T, D], the present one last and zeros before the first: a recurrent or
/// convolutional network that reads them has a memory of T steps, where one observation does not say what the state is.
/// </summary>
/// <typeparam name="TAction">What is done.</typeparam>
/// <param name="environment">Whose observations are vectors [D].</param>
/// <param name="length">T, at least 1.</param>
public sealed class ObservationWindow<TAction>(IEnvironment<float[], TAction> environment, int length)
    : IEnvironment<float[], TAction>
{
    private readonly IEnvironment<float[], TAction> _environment =
        environment ?? throw new ArgumentNullException(nameof(environment));

    private readonly Queue<float[]> _seen = new();

    /// <inheritdoc/>
    public ISpace<float[]> Observations { get; } = Window(environment?.Observations, length);

    /// <inheritdoc/>
    public ISpace<TAction> Actions => _environment.Actions;

    /// <inheritdoc/>
    public float[] Reset(long seed)
    {
        var first = _environment.Reset(seed);
        _seen.Clear();
        for (int i = 1; i < length; i++) _seen.Enqueue(new float[first.Length]);
        _seen.Enqueue(first);
        return [.. _seen.SelectMany(seen => seen)];
    }

    /// <inheritdoc/>
    public EnvironmentStep<float[]> Step(TAction action)
    {
        var step = _environment.Step(action);
        _seen.Dequeue();
        _seen.Enqueue(step.Observation);
        return step with { Observation = [.. _seen.SelectMany(seen => seen)] };
    }

    /// <inheritdoc/>
    public string Render() => _environment.Render();

    private static BoxSpace Window(ISpace<float[]>? observed, int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        if (observed is not BoxSpace { Shape: [var size] } box)
            throw new ArgumentException("A window is of observations that are vectors [D], in a BoxSpace.");
        return new BoxSpace(
            [.. Enumerable.Repeat(box.Low, length).SelectMany(low => low.Select(bound => Math.Min(bound, 0)))],
            [.. Enumerable.Repeat(box.High, length).SelectMany(high => high.Select(bound => Math.Max(bound, 0)))],
            [length, size]);
    }
}
