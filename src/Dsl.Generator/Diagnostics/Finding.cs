using System;
using Dsl.Generator.Declarations;

namespace Dsl.Generator.Diagnostics;

/// <summary>A diagnostic before it has a position: which descriptor, at which site, with which words.</summary>
/// <param name="Related">A second place that explains the first, such as the layer that produced a shape.</param>
/// <param name="Fixes">What would put it right, the likeliest first.</param>
internal sealed record Finding(
    string Id, Site Site, EquatableArray<string> Arguments, Site? Related = null, EquatableArray<Fix> Fixes = default)
    : IEquatable<Finding>;
