using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Checking.Datasets;

/// <summary>A declared data set to a program: a table, or images.</summary>
internal static class DatasetChecker
{
    /// <summary>The program, or null with findings.</summary>
    public static DatasetProgram? Check(DatasetDeclaration declaration, Findings findings) =>
        declaration.IsImages ? ImageFolderChecker.Check(declaration, findings) : TableChecker.Check(declaration, findings);

    /// <summary>Reports a record that can have no second part.</summary>
    public static void CheckPlacement(TypeDeclaration type, Findings findings)
    {
        if (!type.IsOrdinary) findings.Add(Catalogue.NotARecord, type.Site, type.Name);
        else if (!type.IsPartial && type.IsSource)
            findings.Add(Catalogue.NotPartial, type.Site, type.Name).Offer(Fix.MakePartial(type));
    }
}
