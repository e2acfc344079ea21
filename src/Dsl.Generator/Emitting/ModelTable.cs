using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Notation;
using Dsl.Generator.Passes;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Emitting;

/// <summary>A layer of a model, or all of them.</summary>
/// <param name="Path">Where it stands in the stack, as in the names of its parameters: <c>3.0</c>.</param>
/// <param name="Layer">What it is called: <c>Conv2d</c>.</param>
/// <param name="Arguments">As they are declared, with those of the block put in: <c>16, 3, Padding = 1</c>.</param>
/// <param name="Remark">What is special about its parameters, with a leading comma; empty when nothing is.</param>
/// <param name="Flops">Floating-point operations of one sample's forward pass; a multiply-add counts as two.</param>
/// <param name="SavedBytes">What one sample's forward pass keeps for the backward pass; null where autograd decides.</param>
internal sealed record ModelTableRow(
    string Path, string Layer, string Arguments, string Remark, string Output, long Parameters, long Flops, long? SavedBytes);

/// <summary>The table that every ML engineer knows: layer, output, parameters, operations, bytes saved for the backward
/// pass.</summary>
/// <param name="Trained">The number of parameters that are not frozen; null when none is.</param>
internal sealed record ModelTable(IReadOnlyList<ModelTableRow> Rows, ModelTableRow Total, long? Trained)
{
    public static readonly IReadOnlyList<string> Headings = ["#", "layer", "output", "parameters", "FLOPs", "saved bytes"];

    /// <param name="pair">What the compiler derived; null where autograd derives at run time.</param>
    public static ModelTable Of(NetworkProgram network, NetworkPair? pair)
    {
        var rows = network.Layers.Select(layer => new ModelTableRow(
            layer.Path, layer.Name, layer.Arguments, layer.Remark, layer.Output.ToString(), layer.Parameters,
            LayerCosts.Flops(layer), pair is null ? null : LayerCosts.SavedBytes(layer, pair))).ToList();
        long all = network.Parameters.Sum(parameter => parameter.Count);
        long frozen = network.Parameters.Where(parameter => parameter.IsFrozen).Sum(parameter => parameter.Count);
        var total = new ModelTableRow(
            "", "total", "", "", "", all, rows.Sum(row => row.Flops), pair is null ? null
                : rows.Sum(row => row.SavedBytes!.Value));
        return new ModelTable(rows, total, frozen > 0 ? all - frozen : null);
    }

    private const int Layer = 1;

    /// <summary>The table as lines of text, aligned for a fixed-width font. A layer with many arguments takes several lines, of
    /// which the first has its numbers.</summary>
    /// <param name="width">The columns of a line; a word that is longer than its place goes beyond them.</param>
    public IEnumerable<string> Lines(int width = LineBreaks.Width - 4)
    {
        List<string[]> rows = [[.. Headings], .. Rows.Append(Total).Select(Cells)];
        if (Trained is { } trained) rows.Add(["", "of these trained", "", Number(trained), "", ""]);
        int[] widths = Enumerable.Range(0, Headings.Count).Select(column => rows.Max(row => row[column].Length)).ToArray();
        int others = widths.Sum() - widths[Layer] + (2 * (Headings.Count - 1));
        rows = [.. rows.SelectMany(row => Wrapped(row[Layer], width - others).Select((part, line) =>
            line == 0 ? [row[0], part, .. row.Skip(Layer + 1)] : new[] { "", part, "", "", "", "" }))];
        widths[Layer] = rows.Max(row => row[Layer].Length);
        return rows.Select(row => string.Join("  ", row.Select((cell, column) =>
            column is 1 or 2 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))).TrimEnd());
    }

    /// <summary>A text in parts that fit, broken behind commas; all but the first are indented.</summary>
    private static IEnumerable<string> Wrapped(string text, int room)
    {
        const string indent = "  ";
        string before = "";
        while (before.Length + text.Length > room)
        {
            int last = Math.Max(0, Math.Min(text.Length - 1, room - before.Length - 1));
            int end = text.LastIndexOf(", ", last, StringComparison.Ordinal);
            if (end < 0) break;
            yield return before + text.Substring(0, end + 1);
            text = text.Substring(end + 2);
            before = indent;
        }

        yield return before + text;
    }

    public static string Number(long? value) => value is { } known ? Quantity.Show(known) : "-";

    private static string[] Cells(ModelTableRow row) =>
    [
        row.Path, row.Layer + (row.Arguments.Length > 0 ? $"({row.Arguments})" : "") + row.Remark, row.Output,
        Number(row.Parameters), Number(row.Flops), Number(row.SavedBytes),
    ];
}
