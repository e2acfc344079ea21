using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Dsl.Generator.Checking;

/// <summary>Where a declaration may stand: on an ordinary partial class, under a name that generated code has no other use
/// for.</summary>
internal static class PlacementChecker
{
    public static void Check(TypeDeclaration type, Findings findings)
    {
        if (!type.IsOrdinary) findings.Add(Catalogue.NotOrdinary, type.Site, type.Name, type.Problem ?? "is no class");
        else if (!type.IsPartial) findings.Add(Catalogue.NotPartial, type.Site, type.Name).Offer(Fix.MakePartial(type));
    }

    /// <summary>C# lets no member have the name of its type, and no type that of a keyword without an @.</summary>
    public static void CheckName(TypeDeclaration type, IEnumerable<string> members, Findings findings)
    {
        if (members.Contains(type.Name))
            findings.Add(Catalogue.NameClash, type.Site, type.Name,
                "is also the name of a member that is generated for it: choose another name for the class");
        else if (SyntaxFacts.GetKeywordKind(type.Name) != SyntaxKind.None
            || SyntaxFacts.GetContextualKeywordKind(type.Name) != SyntaxKind.None)
            findings.Add(Catalogue.NameClash, type.Site, type.Name, "is a keyword of C#: choose another name for the class");
    }

    /// <summary>What is imported must not mean something else where the class stands, unless an alias says what is
    /// meant.</summary>
    /// <param name="source">The generated code, or that for a class of another name where this one's is a name that is
    /// imported.</param>
    public static void CheckImports(TypeDeclaration type, string source, Findings findings)
    {
        var before = SyntaxKind.None;
        foreach (var token in SyntaxFactory.ParseTokens(source))
        {
            string name = token.ValueText;
            bool isFirst = token.IsKind(SyntaxKind.IdentifierToken)
                && before is not (SyntaxKind.DotToken or SyntaxKind.ColonColonToken);
            if (isFirst && type.Hidden.FirstOrDefault(hidden => hidden.Name == name && hidden.Meaning is null) is { } culprit)
            {
                findings.Add(Catalogue.NameClash, type.Site, name, Problem(type, culprit));
                return;
            }

            before = token.Kind();
        }
    }

    private static string Problem(TypeDeclaration type, HiddenName hidden) => hidden.By switch
    {
        _ when hidden.Name == type.Name => "is a name that generated code has another use for: choose another name for the class",
        HiddenBy.Member =>
            $"is a member of '{type.Name}', and a name that its generated code has another use for: rename the member",
        HiddenBy.Alias =>
            $"means something else in the code that is generated for '{type.Name}' than the project's global using says: choose "
            + "another alias",
        HiddenBy.Import =>
            $"comes by the global using of {hidden.Culprit} too, and means something else in the code that is generated for "
            + $"'{type.Name}': "
            + "import it in the files that need it",
        _ => $"means something else in the namespace of '{type.Name}' than in the code that is generated for it: rename one of "
            + $"the two, or move '{type.Name}'",
    };
}
