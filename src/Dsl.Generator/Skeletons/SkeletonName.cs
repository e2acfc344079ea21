using System.Linq;
using Dsl.Generator.Declarations;
using Microsoft.CodeAnalysis.CSharp;

namespace Dsl.Generator.Skeletons;

/// <summary>Names that stand for those of the user's classes until the skeleton is written, since theirs may be what is
/// wrong.</summary>
internal static class SkeletonName
{
    /// <summary>The declared class itself.</summary>
    public const string Class = "DslSkeleton";

    /// <summary>The network of a trainer.</summary>
    public const string Model = "DslSkeletonModel";

    /// <summary>The data set of a model.</summary>
    public const string Dataset = "DslSkeletonDataset";

    /// <summary>A network that an attribute names.</summary>
    public static string Other(int number) => $"DslSkeletonModel{number}";

    /// <summary>The class as one with which nothing is wrong.</summary>
    public static TypeDeclaration Own(TypeDeclaration type) => type with
    {
        Name = Class,
        Accessibility = "internal",
        IsPartial = true,
        IsOrdinary = true,
        IsSource = true,
        Hidden = default,
        BaseClass = null,
    };

    /// <summary>Another class that a trainer names.</summary>
    public static TypeDeclaration Other(TypeDeclaration type, string name) =>
        Own(type) with { Namespace = "", Name = name, Accessibility = "public" };

    /// <summary>How a type is written in the skeleton of another; what cannot be named from there takes anything.</summary>
    public static string Written(TypeDeclaration? type) => type is not { IsOrdinary: true } ? "dynamic"
        : $"global::{(type.Namespace.Length > 0 ? type.Namespace + "." : "")}{Escape(type.Name)}";

    /// <summary>A name as C# reads it wherever it stands.</summary>
    public static string Escape(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None
            ? "@" + name : name;
}
