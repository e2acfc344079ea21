using System.Globalization;

namespace Dsl.Runtime;

/// <summary>
/// A car that is too weak for its hill and must swing: MountainCar-v0 (Moore 1990). Observations are place and velocity, [2];
/// actions 0, 1 and 2 drive left, not at all, and right; every step earns −1 until the place is 0.5 or more.
/// </summary>
/// <remarks>Constants and equations are Gymnasium's (0.29, gymnasium/envs/classic_control/mountain_car.py). An episode starts at
/// rest at a place drawn evenly from [-0.6, -0.4).</remarks>
/// <param name="maximumSteps">The step at which an episode is truncated; null for none.</param>
public sealed class MountainCar(int? maximumSteps = 200) : EpisodicEnvironment<float[], int>(maximumSteps)
{
    private const double Left = -1.2, Right = 0.6, MaximumSpeed = 0.07, Goal = 0.5, Force = 0.001, Gravity = 0.0025;
    private double _place, _velocity;

    /// <inheritdoc/>
    public override ISpace<float[]> Observations { get; } = new BoxSpace(
        [(float)Left, (float)-MaximumSpeed], [(float)Right, (float)MaximumSpeed]);

    /// <inheritdoc/>
    public override ISpace<int> Actions { get; } = new DiscreteSpace(3);

    /// <summary>Begins an episode at a given state.</summary>
    /// <param name="place">In [-1.2, 0.6].</param>
    /// <param name="velocity">In [-0.07, 0.07].</param>
    /// <returns>The first observation.</returns>
    public float[] ResetTo(double place, double velocity)
    {
        Reset(0);
        (_place, _velocity) = (place, velocity);
        return Seen();
    }

    /// <inheritdoc/>
    protected override float[] Start()
    {
        (_place, _velocity) = (-0.6 + 0.2 * Random.Uniform(), 0);
        return Seen();
    }

    /// <inheritdoc/>
    protected override (float[] Observation, double Reward, bool Terminated) Advance(int action)
    {
        _velocity += (action - 1) * Force - Gravity * Math.Cos(3 * _place);
        _velocity = Math.Clamp(_velocity, -MaximumSpeed, MaximumSpeed);
        _place = Math.Clamp(_place + _velocity, Left, Right);
        if (_place == Left && _velocity < 0) _velocity = 0;
        return (Seen(), -1, _place >= Goal && _velocity >= 0);
    }

    /// <inheritdoc/>
    protected override string Draw()
    {
        const int width = 55, height = 10;
        var canvas = new TextCanvas(width, height);
        for (int column = 0; column < width; column++) canvas.Put(column, Row(At(column)), '.');
        canvas.Put(Column(Goal), Row(Goal) - 1, '►');
        canvas.Put(Column(_place), Row(_place) - 1, 'o');
        return canvas.Text(string.Create(CultureInfo.InvariantCulture,
            $"step {StepCount}, x {_place:0.00}, velocity {_velocity:0.000}"));

        static double At(int column) => Left + column * (Right - Left) / (width - 1);
        static double Column(double place) => (place - Left) / (Right - Left) * (width - 1);
        static double Row(double place) => (height - 1) - (height - 2) * (Math.Sin(3 * place) + 1) / 2;
    }

    private float[] Seen() => [(float)_place, (float)_velocity];
}
