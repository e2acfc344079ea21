using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Xml;

namespace Dsl.Generator.Emitting;

/// <summary>Writes indented C# with <c>\n</c> newlines, whatever the machine's culture.</summary>
internal class CodeWriter
{
    private static readonly char[] Breaks = ['\n', '\r', '\u0085', '\u2028', '\u2029'];

    private static bool IsBreak(char character) => Array.IndexOf(Breaks, character) >= 0;

    private readonly StringBuilder _text = new(1 << 14);
    private int _indent;
    private bool _blank = true;

    /// <summary>A line; an empty one separates, and is not written twice or after an opening brace.</summary>
    public virtual void Line(string line = "")
    {
        if (line.Length == 0)
        {
            if (!_blank) _text.Append('\n');
            _blank = true;
            return;
        }

        // What is the user's may have a line break in it, behind which a comment would go on as code.
        // So may a character have that no XML can hold.
        Append(line.StartsWith("//", StringComparison.Ordinal)
            ? string.Concat(line.Select((character, i) =>
                IsBreak(character) ? ' ' : IsXml(line, i) ? character : '\uFFFD'))
            : line);
    }

    private static bool IsXml(string line, int i) => char.IsHighSurrogate(line[i])
        ? i + 1 < line.Length && char.IsLowSurrogate(line[i + 1])
        : char.IsLowSurrogate(line[i]) ? i > 0 && char.IsHighSurrogate(line[i - 1]) : XmlConvert.IsXmlChar(line[i]);

    /// <summary>Short statements that say the same of several things, as many in a line as fit.</summary>
    public virtual void Statements(IEnumerable<string> statements)
    {
        string line = "";
        foreach (string statement in statements)
        {
            if (line.Length > 0 && 4 * _indent + LineBreaks.Bytes(line) + 1 + LineBreaks.Bytes(statement) > LineBreaks.Width)
            {
                Line(line);
                line = "";
            }

            line += line.Length > 0 ? " " + statement : statement;
        }

        if (line.Length > 0) Line(line);
    }

    /// <summary>The documentation of a member of the base class.</summary>
    public void Inherited() => Line("/// <inheritdoc/>");

    /// <summary>A one-line XML summary.</summary>
    public void Summary(string text) => Line($"/// <summary>{text}</summary>");

    /// <summary>An assignment with a comment behind it, on two lines where one is too short.</summary>
    public virtual void Assign(string target, string expression, string comment)
    {
        string whole = $"{target} = {expression};  // {comment}";
        if (4 * _indent + LineBreaks.Bytes(whole) <= LineBreaks.Width)
        {
            Line(whole);
            return;
        }

        Line($"{target} =  // {comment}");
        _indent++;
        Line(expression + ";");
        _indent--;
    }

    /// <summary>XML remarks: lines to be shown in a fixed-width font, and sentences below them.</summary>
    public void Remarks(IEnumerable<string> lines, IEnumerable<string> notes)
    {
        Line("/// <remarks>");
        Line("/// <code>");
        foreach (string line in lines) Line($"/// {Escape(line)}".TrimEnd());
        Line("/// </code>");
        foreach (string note in notes) Line($"/// <para>{Escape(note)}</para>");
        Line("/// </remarks>");
    }

    /// <summary>Text as it stands in an XML comment.</summary>
    public static string Escape(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");

    /// <summary>A head and a brace; the closing brace comes when the result is disposed.</summary>
    public virtual IDisposable Block(string head)
    {
        Line(head);
        Line("{");
        _blank = true;
        _indent++;
        return new Closing(this);
    }

    public override string ToString() => _text.ToString();

    private void Append(string line)
    {
        foreach (string part in LineBreaks.Of(line, 4 * _indent)) _text.Append(part).Append('\n');
        _blank = false;
    }

    private sealed class Closing(CodeWriter code) : IDisposable
    {
        public void Dispose()
        {
            code._indent--;
            code.Append("}");
        }
    }
}
