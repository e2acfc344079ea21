namespace Dsl;

/// <summary>
/// The parameters of a <see cref="BlockAttribute">block</see>: constants that stand for the values of the same name in
/// <see cref="UseAttribute{TBlock}"/>.
/// </summary>
/// <remarks>Arguments of attributes are constants in C#, so a parameter is a constant that no argument has by accident.</remarks>
public static class Arg
{
    /// <summary>Number of channels; must be given.</summary>
    public const int Channels = int.MinValue + 101;

    /// <summary>Number of features; must be given.</summary>
    public const int Features = int.MinValue + 102;

    /// <summary>Number of hidden channels or features; must be given.</summary>
    public const int Hidden = int.MinValue + 103;

    /// <summary>Number of attention heads; must be given.</summary>
    public const int Heads = int.MinValue + 104;

    /// <summary>Height and width of a window; must be given.</summary>
    public const int KernelSize = int.MinValue + 105;

    /// <summary>Distance between neighbouring windows; 1 where it is not given.</summary>
    public const int Stride = int.MinValue + 106;

    /// <summary>Rows and columns added on each side; 0 where it is not given.</summary>
    public const int Padding = int.MinValue + 107;

    /// <summary>Distance between neighbouring elements of a window; 1 where it is not given.</summary>
    public const int Dilation = int.MinValue + 108;

    /// <summary>Number of groups; 1 where it is not given.</summary>
    public const int Groups = int.MinValue + 109;
}
