using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;

namespace Dsl.Generator.Checking;

/// <summary>Where a declaration may stand: on an ordinary partial class.</summary>
internal static class PlacementChecker
{
    public static void Check(TypeDeclaration type, Findings findings)
    {
        if (!type.IsOrdinary) findings.Add(Catalogue.NotOrdinary, type.Site, type.Name);
        else if (!type.IsPartial) findings.Add(Catalogue.NotPartial, type.Site, type.Name).Offer(Fix.MakePartial(type));
    }

    /// <summary>C# lets no member have the name of its type.</summary>
    public static void CheckName(TypeDeclaration type, IEnumerable<string> members, Findings findings)
    {
        if (members.Contains(type.Name)) findings.Add(Catalogue.NameClash, type.Site, type.Name);
    }
}
