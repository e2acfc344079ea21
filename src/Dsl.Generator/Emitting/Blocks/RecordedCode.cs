using System;
using System.Collections.Generic;

namespace Dsl.Generator.Emitting.Blocks;

/// <summary>What was asked of a writer.</summary>
internal enum CodeEntryKind
{
    Line,
    Assignment,
    Statements,
    Open,
    Close,
}

/// <summary>One line or assignment, before it is broken where it is too long.</summary>
/// <param name="Text">The line, the target of the assignment, or statements apart by line breaks.</param>
internal readonly record struct CodeEntry(CodeEntryKind Kind, string Text, string Expression = "", string Comment = "");

/// <summary>Code that is compared with other code before it is written.</summary>
internal sealed class RecordedCode : CodeWriter
{
    private readonly List<CodeEntry> _entries = [];

    public IReadOnlyList<CodeEntry> Entries => _entries;

    public override void Line(string line = "") => _entries.Add(new CodeEntry(CodeEntryKind.Line, line));

    public override void Statements(IEnumerable<string> statements)
    {
        string text = string.Join("\n", statements);
        if (text.Length > 0) _entries.Add(new CodeEntry(CodeEntryKind.Statements, text));
    }

    public override void Assign(string target, string expression, string comment) =>
        _entries.Add(new CodeEntry(CodeEntryKind.Assignment, target, expression, comment));

    public override IDisposable Block(string head)
    {
        _entries.Add(new CodeEntry(CodeEntryKind.Open, head));
        return new Closing(this);
    }

    /// <summary>Writes entries.</summary>
    public static void Write(IEnumerable<CodeEntry> entries, CodeWriter code)
    {
        var open = new Stack<IDisposable>();
        foreach (var entry in entries)
        {
            if (entry.Kind == CodeEntryKind.Line) code.Line(entry.Text);
            else if (entry.Kind == CodeEntryKind.Assignment) code.Assign(entry.Text, entry.Expression, entry.Comment);
            else if (entry.Kind == CodeEntryKind.Statements) code.Statements(entry.Text.Split('\n'));
            else if (entry.Kind == CodeEntryKind.Open) open.Push(code.Block(entry.Text));
            else open.Pop().Dispose();
        }
    }

    private sealed class Closing(RecordedCode code) : IDisposable
    {
        public void Dispose() => code._entries.Add(new CodeEntry(CodeEntryKind.Close, ""));
    }
}
