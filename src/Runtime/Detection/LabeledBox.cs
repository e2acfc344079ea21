namespace Dsl.Runtime;

/// <summary>A box by its edges, left, upper, right and lower; in units of the image unless something else is said.</summary>
public readonly record struct Box(float X1, float Y1, float X2, float Y2)
{
    /// <summary>The width, negative where the right edge is left of the left one.</summary>
    public float Width => X2 - X1;

    /// <summary>The height.</summary>
    public float Height => Y2 - Y1;

    /// <summary>The area, 0 for what has no width or no height.</summary>
    public float Area => Math.Max(0, Width) * Math.Max(0, Height);

    /// <summary>The area that two boxes share over that which they cover together, in [0, 1]; 0 where neither has an
    /// area.</summary>
    public float Overlap(Box other)
    {
        float shared = Shared(other), union = Area + other.Area - shared;
        return union > 0 ? shared / union : 0;
    }

    /// <summary>The area that two boxes share.</summary>
    internal float Shared(Box other) =>
        new Box(Math.Max(X1, other.X1), Math.Max(Y1, other.Y1), Math.Min(X2, other.X2), Math.Min(Y2, other.Y2)).Area;
}

/// <summary>An object of an image.</summary>
/// <param name="Class">Its class, from 0 on.</param>
/// <param name="Box">Where it is.</param>
/// <param name="IsIgnored">Whether it need not be found: a crowd, or what its annotator called difficult.</param>
public readonly record struct LabeledBox(int Class, Box Box, bool IsIgnored = false);

/// <summary>What a detector says of an image.</summary>
/// <param name="Class">The class, from 0 on.</param>
/// <param name="Score">How sure it is, in [0, 1].</param>
/// <param name="Box">Where it is.</param>
public readonly record struct Detection(int Class, float Score, Box Box);
