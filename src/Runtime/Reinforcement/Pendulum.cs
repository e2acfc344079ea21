using System.Globalization;

namespace Dsl.Runtime;

/// <summary>
/// A pendulum that is to be swung up and held: Pendulum-v1. Observations are cos θ, sin θ and the angular velocity, [3], with
/// θ = 0 upright; the action is a torque, [1], in [-2, 2]; a step earns −(θ² + 0.1·θ̇² + 0.001·u²), with θ in [-π,
/// π). Nothing terminates.
/// </summary>
/// <remarks>Constants and equations are Gymnasium's (0.29, gymnasium/envs/classic_control/pendulum.py), but that a torque beyond
/// its bounds is refused, where Gymnasium clips it. An episode starts at an angle drawn evenly from [-π, π) and a velocity from
/// [-1, 1).</remarks>
/// <param name="maximumSteps">The step at which an episode is truncated; null for none.</param>
public sealed class Pendulum(int? maximumSteps = 200) : EpisodicEnvironment<float[], float[]>(maximumSteps)
{
    private const double Gravity = 10, Mass = 1, Length = 1, TimeStep = 0.05, MaximumSpeed = 8, MaximumTorque = 2;
    private double _angle, _velocity, _torque;

    /// <inheritdoc/>
    public override ISpace<float[]> Observations { get; } = new BoxSpace(
        [-1, -1, (float)-MaximumSpeed], [1, 1, (float)MaximumSpeed]);

    /// <inheritdoc/>
    public override ISpace<float[]> Actions { get; } = new BoxSpace([(float)-MaximumTorque], [(float)MaximumTorque]);

    /// <summary>Begins an episode at a given state.</summary>
    /// <param name="angle">θ, in radians; 0 is upright.</param>
    /// <param name="velocity">Its velocity.</param>
    /// <returns>The first observation.</returns>
    public float[] ResetTo(double angle, double velocity)
    {
        Reset(0);
        (_angle, _velocity) = (angle, velocity);
        return Seen();
    }

    /// <inheritdoc/>
    protected override float[] Start()
    {
        (_angle, _velocity, _torque) = (Math.PI * (2 * Random.Uniform() - 1), 2 * Random.Uniform() - 1, 0);
        return Seen();
    }

    /// <inheritdoc/>
    protected override (float[] Observation, double Reward, bool Terminated) Advance(float[] action)
    {
        _torque = action[0];
        double turns = (_angle + Math.PI) / (2 * Math.PI);
        double angle = (turns - Math.Floor(turns)) * 2 * Math.PI - Math.PI;
        double cost = angle * angle + 0.1 * _velocity * _velocity + 0.001 * _torque * _torque;
        double acceleration = 3 * Gravity / (2 * Length) * Math.Sin(_angle) + 3 / (Mass * Length * Length) * _torque;
        _velocity = Math.Clamp(_velocity + acceleration * TimeStep, -MaximumSpeed, MaximumSpeed);
        _angle += _velocity * TimeStep;
        return (Seen(), -cost, false);
    }

    /// <inheritdoc/>
    protected override string Draw()
    {
        const int radius = 5;
        var canvas = new TextCanvas(4 * radius + 1, 2 * radius + 1);
        canvas.Line(2 * radius, radius, 2 * radius - 2 * radius * Math.Sin(_angle), radius - radius * Math.Cos(_angle), '•');
        canvas.Put(2 * radius, radius, '+');
        return canvas.Text(string.Create(CultureInfo.InvariantCulture, $"step {StepCount}, torque {_torque:0.00}"));
    }

    private float[] Seen() => [(float)Math.Cos(_angle), (float)Math.Sin(_angle), (float)_velocity];
}
