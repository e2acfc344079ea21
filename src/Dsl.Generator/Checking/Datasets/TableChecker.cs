using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Checking.Datasets;

/// <summary>A declared table to a program: placement, columns, labels.</summary>
internal static class TableChecker
{
    /// <summary>The generated members that others see.</summary>
    private static readonly string[] FixedMembers = ["From", "Load", "Read"];

    /// <summary>The table's program, or null with findings.</summary>
    public static TableProgram? Check(DatasetDeclaration declaration, Findings findings)
    {
        var type = declaration.Type;
        DatasetChecker.CheckPlacement(type, findings);
        var format = AttributeBinder.Bind<TableAttribute>(declaration.Attribute, findings);
        var common = AttributeBinder.BindAll<ScalingAttribute>(declaration.Attributes, findings);
        var imputation = AttributeBinder.BindAll<ImputeAttribute>(declaration.Attributes, findings).FirstOrDefault();
        if (format is null || findings.Any) return null;
        CheckFormat(type, format, findings);
        var columns = declaration.Columns
            .Select(column => new ColumnChecker(column, common.FirstOrDefault(), imputation, findings).Check())
            .OfType<ColumnProgram>().ToList();
        foreach (var column in columns.Where(column => FixedMembers.Contains(column.Name)))
            findings.Add(Catalogue.NameClash, column.Declaration.Site, column.Name,
                "is a member that is generated for a table: choose another name for the column, "
                + "and give that of the file by [Column]");
        PlacementChecker.CheckName(type, FixedMembers, findings);
        if (findings.Any) return null;
        CheckNames(columns, findings);
        CheckLabels(columns, findings);
        if (columns.All(column => column.Role != ColumnRole.Feature)) findings.Add(Catalogue.NoFeatures, type.Site, type.Name);
        return findings.Any ? null : new TableProgram(declaration, format, columns);
    }

    private static void CheckFormat(TypeDeclaration type, Bound<TableAttribute> format, Findings findings)
    {
        var table = format.Attribute;
        string? problem = table.Decimal is not ('.' or ',') ? "before decimals stands a point or a comma"
            : table.Separator == table.Decimal ? $"'{table.Decimal}' cannot stand both between values and before decimals"
            : table.Separator is '"' or '\r' or '\n' or '#' or '+' or '-' || char.IsDigit(table.Separator)
                ? "what stands between values cannot be a digit, a sign, a quotation mark, # or the end of a line"
            : null;
        string at = table.Decimal is '.' or ',' ? nameof(table.Separator) : nameof(table.Decimal);
        if (problem is not null) findings.Add(Catalogue.FormatConflict, format.SiteOf(at), type.Name, problem);
    }

    private static void CheckNames(List<ColumnProgram> columns, Findings findings)
    {
        foreach (var second in columns.GroupBy(column => Plain(column.Header)).SelectMany(alike => alike.Skip(1)))
            findings.Add(Catalogue.SameName, second.Declaration.Site, second.Header, "columns of a file");
    }

    /// <summary>A name as files are searched for it.</summary>
    public static string Plain(string name)
    {
        string letters = new(name.Where(char.IsLetterOrDigit).Select(char.ToUpperInvariant).ToArray());
        return letters.Length == 0 ? name : letters;
    }

    private static void CheckLabels(List<ColumnProgram> columns, Findings findings)
    {
        var labels = columns.Where(column => column.Role == ColumnRole.Label).ToList();
        foreach (var other in labels.Skip(1).Where(other => other.Kind != labels[0].Kind || other.Kind == ColumnKind.Category))
            findings.Add(Catalogue.LabelsOfTwoKinds, other.Declaration.Site, labels[0].Declaration.Site, labels[0].Name,
                other.Name);
    }
}
