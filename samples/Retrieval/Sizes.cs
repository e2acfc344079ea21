namespace Retrieval;

/// <summary>How much of everything: <see cref="Whole"/> is what the page shows, <see cref="Small"/> is for a test.</summary>
/// <param name="Scenes">Scenes with boxes, for the detector.</param>
/// <param name="Labelled">Of how many of them it is known which products they show.</param>
/// <param name="Added">Scenes of the kinds that come later.</param>
/// <param name="Logged">Scenes that customers of the log ask with.</param>
/// <param name="Asked">Scenes to evaluate with, and of those that come later.</param>
/// <param name="FinderEpochs">Passes of the detector.</param>
/// <param name="Epochs">Passes of all others, as a share of what they declare.</param>
public sealed record Sizes(int Scenes, int Labelled, int Added, int Logged, int Asked, int FinderEpochs, double Epochs)
{
    /// <summary>Under two minutes on two cores.</summary>
    public static Sizes Whole { get; } = new(700, 250, 100, 2000, 300, 12, 1);

    /// <summary>Some seconds.</summary>
    public static Sizes Small { get; } = new(200, 120, 60, 100, 40, 8, 0.4);

    /// <summary>A number of passes.</summary>
    public int Of(int epochs) => Math.Max(1, (int)Math.Round(epochs * Epochs));
}
