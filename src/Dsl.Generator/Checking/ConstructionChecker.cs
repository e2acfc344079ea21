using System;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;

namespace Dsl.Generator.Checking;

/// <summary>Whether generated constructors can be the only ones, and whether generated code can make what it makes.</summary>
internal static class ConstructionChecker
{
    /// <summary>Beside a primary constructor no other may do without it, and its arguments are nothing that generated code
    /// knows. A constructor that calls no generated one leaves a network without parameters.</summary>
    /// <param name="call">What calls a generated one.</param>
    public static bool CanConstruct(TypeDeclaration type, string call, Findings findings)
    {
        if (!type.HasPrimaryConstructor)
        {
            if (type.LooseConstructor is not { } loose) return true;
            findings.Add(Catalogue.LooseConstructor, type.Site, type.Name, loose, call);
            return false;
        }

        findings.Add(Catalogue.PrimaryConstructor, type.Site, type.Name);
        return false;
    }

    /// <summary>A trainer that keeps a second network makes it itself, and cannot know what a required member is to be.</summary>
    /// <param name="source">The trainer's file, which alone says whether it makes one.</param>
    public static void CheckCopies(TrainerDeclaration declaration, string source, Findings findings)
    {
        if (declaration.Model?.Type is not { RequiredMember: { } member } model) return;
        if (source.IndexOf($"new {model.GlobalName}(", StringComparison.Ordinal) < 0) return;
        findings.Add(Catalogue.RequiredMember, declaration.Type.Site, model.Site, declaration.Type.Name, model.Name, member);
    }
}
