using System;

namespace Dsl;

/// <summary>Declares a block: a stack of layers without a fixed input, used by models and by other blocks.</summary>
/// <remarks>Its parameters are <see cref="Arg"/>'s constants, bound where the block is used: <c>[Use&lt;T&gt;(Channels =
/// 64)]</c>.</remarks>
/// <example><code>
/// [Block]
/// [Conv2d(Arg.Channels, 3, Stride = Arg.Stride, Padding = 1, Bias = false), BatchNorm2d, ReLU]
/// [Conv2d(Arg.Channels, 3, Padding = 1, Bias = false), BatchNorm2d]
/// [Residual(Shortcut.Projection), ReLU]
/// public partial class BasicBlock;
/// </code></example>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class BlockAttribute : Attribute;
