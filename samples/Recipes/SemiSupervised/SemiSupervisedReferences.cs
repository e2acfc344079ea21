namespace Recipes.SemiSupervised;

/// <summary>PyTorch 1.13 with the same recipe on other random splits: accuracy in percent, mean and standard deviation over 5
/// seeds, in the order of
/// <see cref="SemiSupervisedRecipe.Measure"/>.</summary>
public static class SemiSupervisedReferences
{
    /// <summary>50 labels.</summary>
    public static IReadOnlyList<(double Mean, double Deviation)[]> Fifty { get; } =
    [
        [(92.1, 1.3)], [(95.0, 1.6)], [(95.3, 1.6)], [(92.2, 1.3)], [(95.7, 1.6)], [(95.7, 1.6)], [(94.4, 1.6)], [(95.1, 1.6)],
        [(93.2, 1.6)], [(91.8, 1.6)],
    ];

    /// <summary>20 labels.</summary>
    public static IReadOnlyList<(double Mean, double Deviation)[]> Twenty { get; } =
    [
        [(82.7, 2.7)], [(89.5, 1.4)], [(90.7, 5.6)], [(84.1, 2.7)], [(90.8, 1.9)], [(93.6, 1.5)], [(88.9, 2.7)], [(86.9, 2.7)],
        [(84.9, 2.7)], [(84.7, 2.7)],
    ];
}
