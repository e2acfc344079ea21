using System;
using Dsl.Generator.Declarations;

namespace Dsl.Generator.Diagnostics;

/// <summary>How a declaration is changed at one place.</summary>
internal enum EditKind
{
    /// <summary>Every part of the class says <c>partial</c>.</summary>
    MakePartial,

    /// <summary>The class is public.</summary>
    MakePublic,

    /// <summary>An argument gets a value; it is added where it was not written.</summary>
    SetArgument,

    /// <summary>An argument goes.</summary>
    RemoveArgument,

    /// <summary>An attribute goes.</summary>
    RemoveAttribute,

    /// <summary>Attributes are added before one.</summary>
    InsertBefore,

    /// <summary>Attributes are added behind one.</summary>
    InsertBehind,

    /// <summary>An attribute becomes another one with the same arguments.</summary>
    RenameAttribute,

    /// <summary>An attribute moves behind another one.</summary>
    MoveBehind,
}

/// <summary>One change of a fix, as data: the text is changed where and when somebody asks for it.</summary>
/// <param name="Site">What is changed: a class, an attribute or an argument.</param>
/// <param name="Name">What stands before the value of an argument that is added; empty for the first parameter.</param>
/// <param name="Value">The new text: an expression, attributes, a name.</param>
/// <param name="Target">Behind what an attribute moves.</param>
internal sealed record Edit(EditKind Kind, Site Site, string Name = "", string Value = "", Site? Target = null)
    : IEquatable<Edit>;
