using System.Globalization;

namespace Dsl.Runtime;

/// <summary>
/// A pole on a cart that is pushed left or right: CartPole-v1 (Barto, Sutton and Anderson 1983). Observations are the cart's
/// place x and velocity, the pole's angle θ from upright in radians and its velocity, [4]; action 0 pushes left and 1 right;
/// every step earns 1. The pole falls where |x| &gt; 2.4 or |θ| &gt; 12°.
/// </summary>
/// <remarks>Constants and equations are Gymnasium's (0.29, gymnasium/envs/classic_control/cartpole.py, Euler's method); numbers
/// are of double precision inside, and of single in observations. An episode starts at four numbers drawn evenly from
/// [-0.05, 0.05).</remarks>
/// <param name="maximumSteps">The step at which an episode is truncated: 500 of v1, 200 of v0; null for none.</param>
public sealed class CartPole(int? maximumSteps = 500) : EpisodicEnvironment<float[], int>(maximumSteps)
{
    private const double Gravity = 9.8, CartMass = 1, PoleMass = 0.1, HalfLength = 0.5, Force = 10, TimeStep = 0.02;
    private const double TotalMass = CartMass + PoleMass, PoleMoment = PoleMass * HalfLength;
    private const double PlaceLimit = 2.4, AngleLimit = 12 * 2 * Math.PI / 360;
    private double _place, _velocity, _angle, _angularVelocity;

    /// <inheritdoc/>
    public override ISpace<float[]> Observations { get; } = new BoxSpace(
        [(float)(-2 * PlaceLimit), float.NegativeInfinity, (float)(-2 * AngleLimit), float.NegativeInfinity],
        [(float)(2 * PlaceLimit), float.PositiveInfinity, (float)(2 * AngleLimit), float.PositiveInfinity]);

    /// <inheritdoc/>
    public override ISpace<int> Actions { get; } = new DiscreteSpace(2);

    /// <summary>Begins an episode at a given state.</summary>
    /// <param name="place">x, in metres.</param>
    /// <param name="velocity">Its velocity.</param>
    /// <param name="angle">θ from upright, in radians.</param>
    /// <param name="angularVelocity">Its velocity.</param>
    /// <returns>The first observation.</returns>
    public float[] ResetTo(double place, double velocity, double angle, double angularVelocity)
    {
        Reset(0);
        (_place, _velocity, _angle, _angularVelocity) = (place, velocity, angle, angularVelocity);
        return Seen();
    }

    /// <inheritdoc/>
    protected override float[] Start()
    {
        (_place, _velocity, _angle, _angularVelocity) = (Drawn(), Drawn(), Drawn(), Drawn());
        return Seen();

        double Drawn() => 0.1 * Random.Uniform() - 0.05;
    }

    /// <inheritdoc/>
    protected override (float[] Observation, double Reward, bool Terminated) Advance(int action)
    {
        double force = action == 1 ? Force : -Force, cosine = Math.Cos(_angle), sine = Math.Sin(_angle);
        double push = (force + PoleMoment * _angularVelocity * _angularVelocity * sine) / TotalMass;
        double angularAcceleration = (Gravity * sine - cosine * push)
            / (HalfLength * (4.0 / 3 - PoleMass * cosine * cosine / TotalMass));
        double acceleration = push - PoleMoment * angularAcceleration * cosine / TotalMass;
        _place += TimeStep * _velocity;
        _velocity += TimeStep * acceleration;
        _angle += TimeStep * _angularVelocity;
        _angularVelocity += TimeStep * angularAcceleration;
        bool hasFallen = Math.Abs(_place) > PlaceLimit || Math.Abs(_angle) > AngleLimit;
        return (Seen(), 1, hasFallen);
    }

    /// <inheritdoc/>
    protected override string Draw()
    {
        const int width = 49, height = 6;
        var canvas = new TextCanvas(width, height + 2);
        double middle = (width - 1) / 2.0, scale = middle / PlaceLimit, foot = middle + _place * scale;

        // Characters are about twice as high as wide.
        double head = foot + 2 * (height - 1) * Math.Sin(_angle), top = (height - 1) * (1 - Math.Cos(_angle));
        canvas.Line(foot, height - 1, head, top, '|');
        for (int column = -2; column <= 2; column++) canvas.Put(foot + column, height, '█');
        for (int column = 0; column < width; column++) canvas.Put(column, height + 1, '─');
        return canvas.Text(string.Create(CultureInfo.InvariantCulture,
            $"step {StepCount}, x {_place:0.00}, θ {_angle * 180 / Math.PI:0.0}°"));
    }

    private float[] Seen() => [(float)_place, (float)_velocity, (float)_angle, (float)_angularVelocity];
}
