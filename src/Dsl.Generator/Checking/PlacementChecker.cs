using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;

namespace Dsl.Generator.Checking;

/// <summary>Where a declaration may stand: on a partial, top-level, non-generic class.</summary>
internal static class PlacementChecker
{
    public static void Check(TypeDeclaration type, Findings findings)
    {
        if (!type.IsTopLevel) findings.Add(Catalogue.NotTopLevel, type.Site, type.Name);
        else if (!type.IsPartial) findings.Add(Catalogue.NotPartial, type.Site, type.Name);
    }
}
