using System;
using Dsl.Generator.Graph;

namespace Dsl.Generator.Declarations;

/// <summary>
/// A place in a declaration by its ordinals, not by its position in the text: which type, which of its attributes, which
/// argument. It stays equal when lines above it change, so that a shift of the text re-runs nothing.
/// </summary>
/// <param name="Owner">Full name of the declaring type, method or parameter.</param>
/// <param name="Attribute">Ordinal of the attribute in the declaration; −1 for the owner's own name.</param>
/// <param name="Argument">Ordinal of the argument in the attribute; −1 for the whole attribute.</param>
/// <param name="Node">Ordinal of a statement or expression in the method's body; −1 outside of a body.</param>
internal sealed record Site(string Owner, int Attribute = -1, int Argument = -1, int Node = -1);

/// <summary>Where a <see cref="Site"/> stands in the text at present.</summary>
internal sealed record SiteLocation(Site Site, string Path, int Start, int Length) : IEquatable<SiteLocation>;
