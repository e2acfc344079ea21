using System;

namespace Dsl;

/// <summary>Puts a block into a stack, with values for its parameters.</summary>
/// <typeparam name="TBlock">A class with <see cref="BlockAttribute">[Block]</see>.</typeparam>
/// <remarks>
/// Each use takes a position of its own in the stack, <see cref="UseAttribute.Times"/> uses take as many; the block's layers
/// are numbered inside of it, as in a nested <c>nn.Sequential</c>: <c>3.0.weight</c>.
/// </remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true, Inherited = false)]
public sealed class UseAttribute<TBlock> : UseAttribute;

/// <summary>The arguments of a use of a block.</summary>
public abstract class UseAttribute : LayerAttribute
{
    /// <summary>How often the block follows itself, with the same arguments and parameters of its own each time.</summary>
    [Interval("[1, inf)")]
    public int Times { get; set; } = 1;

    /// <summary>The value of <see cref="Arg.Channels"/>.</summary>
    public int Channels { get; set; }

    /// <summary>The value of <see cref="Arg.Features"/>.</summary>
    public int Features { get; set; }

    /// <summary>The value of <see cref="Arg.Hidden"/>.</summary>
    public int Hidden { get; set; }

    /// <summary>The value of <see cref="Arg.Heads"/>.</summary>
    public int Heads { get; set; }

    /// <summary>The value of <see cref="Arg.KernelSize"/>.</summary>
    public int KernelSize { get; set; }

    /// <summary>The value of <see cref="Arg.Stride"/>.</summary>
    public int Stride { get; set; } = 1;

    /// <summary>The value of <see cref="Arg.Padding"/>.</summary>
    public int Padding { get; set; }

    /// <summary>The value of <see cref="Arg.Dilation"/>.</summary>
    public int Dilation { get; set; } = 1;

    /// <summary>The value of <see cref="Arg.Groups"/>.</summary>
    public int Groups { get; set; } = 1;
}
