using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Checking;
using Dsl.Generator.Declarations;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Emitting.Datasets;

/// <summary>A table's part of its record: its columns, how a line becomes a row, and a row numbers.</summary>
internal static class TableEmitter
{
    public static string Emit(TableProgram table)
    {
        var type = table.Declaration.Type;
        var code = SourceFile.BeginDataset(type,
        [
            $"{type.Name}: {table.Columns.Count} columns, of which a model gets [N, {table.Width}]",
            "",
            SourceFile.Origin(type),
        ]);
        SourceFile.WriteAttributes(code, type);
        string row = Identifier.Escape(type.Name);
        using (code.Block($"partial record {row} : ITableRow<{row}>"))
        {
            foreach (var column in table.Columns.Where(column => column.Values.Count > 0))
            {
                string values = string.Join(", ", column.Values);
                code.Line($"private static readonly {column.Declaration.TypeName}[] {Field(column)} = [{values}];");
            }

            WriteSources(code, row);
            WriteSchema(code, table, row);
            WriteRead(code, table, row);
            WriteCells(code, table, row);
        }

        return code.ToString();
    }

    private static void WriteSources(CodeWriter code, string row)
    {
        string data = $"TableData<{row}>", format = "Func<CsvFormat, CsvFormat>? format = null";
        code.Line();
        code.Summary("The rows of a file of separated values, plain or gzip.");
        code.Line("/// <param name=\"path\">The file.</param>");
        code.Line("/// <param name=\"format\">Changes how it is read from what the record declares.</param>");
        code.Line("/// <exception cref=\"global::System.IO.InvalidDataException\">A line does not fit; the message says line, "
            + "column and "
            + "value.</exception>");
        code.Line($"public static {data} Load(string path, {format}) =>");
        code.Line($"    {data}.Load(path, format);");
        code.Line();
        code.Summary("The rows of a text.");
        code.Line("/// <param name=\"reader\">The text.</param>");
        code.Line("/// <param name=\"name\">What errors call it.</param>");
        code.Line("/// <param name=\"format\">Changes how it is read from what the record declares.</param>");
        code.Line($"public static {data} Read(global::System.IO.TextReader reader, string name = \"text\", {format}) =>");
        code.Line($"    {data}.Read(reader, name, format);");
        code.Line();
        code.Summary("Rows in memory.");
        code.Line($"public static {data} From(IEnumerable<{row}> rows) => {data}.From(rows);");
    }

    private static void WriteSchema(CodeWriter code, TableProgram table, string row)
    {
        code.Line();
        code.Line($"static TableSchema ITableRow<{row}>.Schema {{ get; }} = new(");
        code.Line($"    {BoundFixes.Quoted(table.Declaration.Type.Name)},");
        code.Line($"    {Format(table.Format)},");
        for (int i = 0; i < table.Columns.Count; i++)
            code.Line($"    {Schema(table.Columns[i])}{(i + 1 < table.Columns.Count ? "," : ");")}");
    }

    private static string Format(TableAttribute format)
    {
        List<string> members = [];
        if (format.Separator != '\0') members.Add($"Separator = {Literal(format.Separator)}");
        if (format.Decimal != '.') members.Add($"Decimal = {Literal(format.Decimal)}");
        if (!format.Header) members.Add("HasHeader = false");
        if (format.Missing.Length > 0) members.Add($"Missing = [{string.Join(", ", format.Missing.Select(BoundFixes.Quoted))}]");
        return $"new CsvFormat{(members.Count == 0 ? "()" : $" {{ {string.Join(", ", members)} }}")}";
    }

    private static string Schema(ColumnProgram column)
    {
        List<string> members = [];
        if (column.Header != column.Name) members.Add($"Header = {BoundFixes.Quoted(column.Header)}");
        if (column.Declaration.IsNullable) members.Add("IsNullable = true");
        if (column.Kind == ColumnKind.Category)
        {
            string names = column.Values.Count == 0 ? $"ColumnSchema.ClassNames({column.Categories.Count})"
                : $"[{string.Join(", ", column.Categories.Select(BoundFixes.Quoted))}]";
            members.Add($"Categories = {names}");
        }

        if (column.HasOther) members.Add("HasOther = true");
        if (column.Scaling is { } scaling) members.Add($"Scaling = {Scaling(scaling.Attribute)}");
        if (column.Imputation is { } imputation) members.Add($"Imputation = {imputation}");
        if (column.HasIndicator) members.Add("HasIndicator = true");
        string more = members.Count == 0 ? "" : $" {{ {string.Join(", ", members)} }}";
        string role = column.Role == ColumnRole.Feature ? "" : $", ColumnRole.{column.Role}";
        return $"new ColumnSchema({BoundFixes.Quoted(column.Name)}, ColumnKind.{column.Kind}{role}){more}";
    }

    /// <summary>The runtime's class of the same name, with what the attribute's constructor takes.</summary>
    private static string Scaling(ScalingAttribute scaling)
    {
        var type = scaling.GetType();
        var arguments = type.GetConstructors().Single().GetParameters().Select(parameter =>
            Scalar.Literal((double)type.GetProperty(char.ToUpperInvariant(parameter.Name[0])
                + parameter.Name.Substring(1))!.GetValue(scaling)!));
        return $"new {Binding.AttributeBinder.ShortName(type.Name)}Scaling({string.Join(", ", arguments)})";
    }

    private static void WriteRead(CodeWriter code, TableProgram table, string row)
    {
        var indexed = table.Columns.Select((column, index) => (Column: column, Index: index)).ToList();
        var positional = indexed.Where(item => item.Column.Declaration.IsPositional).ToList();
        var others = indexed.Where(item => !item.Column.Declaration.IsPositional).ToList();
        code.Line();
        using (code.Block($"static {row} ITableRow<{row}>.Read(scoped in TableLine line)"))
        {
            code.Line("return new(");
            string end = others.Count == 0 ? ");" : ")";
            for (int i = 0; i < positional.Count; i++)
                code.Line($"    {Read(positional[i].Column, positional[i].Index)}{(i + 1 < positional.Count ? "," : end)}");
            if (positional.Count == 0) code.Line(end);
            if (others.Count == 0) return;
            code.Line("{");
            foreach (var (column, index) in others) code.Line($"    {Identifier.Escape(column.Name)} = {Read(column, index)},");
            code.Line("};");
        }
    }

    private static string Read(ColumnProgram column, int index)
    {
        var declared = column.Declaration;
        string method = declared.Type switch
        {
            ColumnType.Text => "Text",
            ColumnType.Enum => "Enum",
            _ => declared.Type.ToString(),
        };
        string members = declared.Type == ColumnType.Enum ? $", {Field(column)}" : "";
        return $"line.{method}{(declared.IsNullable ? "OrNull" : "")}({index}{members})";
    }

    private static void WriteCells(CodeWriter code, TableProgram table, string row)
    {
        code.Line();
        using (code.Block($"void ITableRow<{row}>.Write(scoped in TableCells cells)"))
        {
            for (int index = 0; index < table.Columns.Count; index++)
            {
                var column = table.Columns[index];
                if (column.Role == ColumnRole.Ignored) continue;
                string method = column.Kind == ColumnKind.Category && column.Values.Count == 0 ? "Class" : column.Kind.ToString();
                string values = column.Values.Count > 0 ? $", {Field(column)}" : "";
                code.Line($"cells.{method}({index}, this.{Identifier.Escape(column.Name)}{values});");
            }
        }
    }

    /// <summary>The field with the categories of a column.</summary>
    private static string Field(ColumnProgram column) =>
        $"_{char.ToLowerInvariant(column.Name[0])}{column.Name.Substring(1)}Categories";

    private static string Literal(char character) =>
        Microsoft.CodeAnalysis.CSharp.SymbolDisplay.FormatLiteral(character, quote: true);
}
