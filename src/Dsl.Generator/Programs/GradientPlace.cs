using System.Collections.Generic;
using Dsl.Generator.Declarations;

namespace Dsl.Generator.Programs;

/// <summary>Where a gradient is taken, if not where the parameters are between two steps.</summary>
/// <param name="Name">The attribute that says so.</param>
/// <param name="Site">Where it stands.</param>
/// <param name="Comment">The place, for the generated method.</param>
/// <param name="Move">C# statements that move the parameters there, over a local <c>place</c> that puts them back.</param>
/// <param name="IsSecond">Whether the gradient where the parameters are is taken first, and read by the statements.</param>
internal sealed record GradientPlace(string Name, Site Site, string Comment, IReadOnlyList<string> Move, bool IsSecond);
