using System;
using System.Linq;
using Dsl.Generator.Declarations;

namespace Dsl.Generator.Diagnostics;

/// <summary>A change of the declaration after which a finding is gone.</summary>
/// <param name="Title">What the editor offers: <c>Set Momentum = 0.9</c>.</param>
/// <param name="Edits">What is changed, in one go.</param>
internal sealed record Fix(string Title, EquatableArray<Edit> Edits) : IEquatable<Fix>
{
    private static Fix Of(string title, params Edit[] edits) => new(title, new EquatableArray<Edit>(edits));

    public static Fix MakePartial(TypeDeclaration type) =>
        Of($"Make '{type.Name}' partial", new Edit(EditKind.MakePartial, type.Site));

    /// <summary>Null for a class of another assembly.</summary>
    public static Fix? MakePublic(TypeDeclaration type) =>
        type.IsSource ? Of($"Make '{type.Name}' public", new Edit(EditKind.MakePublic, type.Site)) : null;

    /// <param name="site">The argument, or the attribute that gets it.</param>
    /// <param name="name">Its property.</param>
    /// <param name="value">Its value in C#.</param>
    /// <param name="label">What stands before the value where the argument is added: <c>Momentum = </c>, as for a property, or
    /// <c>size: </c>.</param>
    public static Fix Set(Site site, string name, string value, string? label = null) =>
        Of($"Set {name} = {value}", new Edit(EditKind.SetArgument, site, label ?? $"{name} = ", value));

    public static Fix RemoveArgument(Site argument, string name) =>
        Of($"Remove {name}", new Edit(EditKind.RemoveArgument, argument));

    public static Fix Remove(Site attribute, string name) =>
        Of($"Remove [{name}]", new Edit(EditKind.RemoveAttribute, attribute));

    /// <summary>Adds attributes before one.</summary>
    public static Fix Insert(string attributes, Site before) =>
        Of($"Insert [{attributes}]", new Edit(EditKind.InsertBefore, before, Value: attributes));

    /// <summary>Adds attributes behind one.</summary>
    public static Fix Add(string attributes, Site behind) =>
        Of($"Add [{attributes}]", new Edit(EditKind.InsertBehind, behind, Value: attributes));

    public static Fix Rename(Site attribute, string name) =>
        Of($"Write [{name}]", new Edit(EditKind.RenameAttribute, attribute, Value: name));

    public static Fix Move(string title, Site attribute, Site behind) =>
        Of(title, new Edit(EditKind.MoveBehind, attribute, Target: behind));

    /// <summary>The changes of several fixes at once; null when one of them is missing.</summary>
    public static Fix? All(string title, params Fix?[] fixes) =>
        fixes.Any(fix => fix is null) ? null : Of(title, fixes.SelectMany(fix => fix!.Edits).ToArray());
}
