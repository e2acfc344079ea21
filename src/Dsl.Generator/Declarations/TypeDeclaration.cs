namespace Dsl.Generator.Declarations;

/// <summary>The class that carries a declaration.</summary>
/// <param name="Namespace">Its namespace; empty for the global one.</param>
/// <param name="Name">Its name without the namespace.</param>
/// <param name="Accessibility">C# keyword(s): <c>public</c> or <c>internal</c>.</param>
/// <param name="IsPartial">Whether every part says <c>partial</c>.</param>
/// <param name="IsOrdinary">Whether it is a class that a second part can extend: not generic, nested, static, abstract, a
/// record, local to a file, or a model and a trainer.</param>
/// <param name="Hidden">The names of generated code that mean something else where it stands.</param>
/// <param name="BaseClass">The base class the user wrote, if any.</param>
/// <param name="IsSource">Whether it stands in this project, not in a referenced assembly.</param>
/// <param name="Site">Its identifier.</param>
internal sealed record TypeDeclaration(
    string Namespace, string Name, string Accessibility, bool IsPartial, bool IsOrdinary, EquatableArray<HiddenName> Hidden,
    string? BaseClass, bool IsSource, Site Site)
{
    public string FullName => Namespace.Length == 0 ? Name : $"{Namespace}.{Name}";

    /// <summary>Why it is not ordinary, and what to do; null where it is.</summary>
    public string? Problem { get; init; }

    /// <summary>The ids of what C# says wherever the type is named, and what its user has accepted.</summary>
    public EquatableArray<string> Accepted { get; init; }

    /// <summary>Whether C# asks that every language of .NET can call its public members.</summary>
    public bool IsClsChecked { get; init; }

    /// <summary>Whether the class itself has parameters, which every other constructor would have to give it.</summary>
    public bool HasPrimaryConstructor { get; init; }

    /// <summary>A constructor of the user's, as it is written, that calls none of the generated ones; null without one.</summary>
    public string? LooseConstructor { get; init; }

    /// <summary>Whether C# does not know one of its attributes, so that what it would have said is missing.</summary>
    public bool HasUnknownAttribute { get; init; }

    /// <summary>A member that whoever makes an object must set; null without one.</summary>
    public string? RequiredMember { get; init; }

    /// <summary>The name as other files write it.</summary>
    public string GlobalName => $"global::{FullName}";
}
