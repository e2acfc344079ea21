namespace AtenGenerator;

/// <summary>Reads the text form of operator schemas: <c>aten::name.overload(Type name=default, *, ...) -> (Type name, ...)</c>.</summary>
public static class SchemaParser
{
    /// <summary>Reads one schema.</summary>
    /// <exception cref="FormatException">The text is no schema.</exception>
    public static Schema Parse(string text)
    {
        var open = text.IndexOf('(', StringComparison.Ordinal);
        var close = open < 0 ? -1 : ClosingParenthesis(text, open);
        var arrow = close < 0 ? -1 : text.IndexOf("->", close, StringComparison.Ordinal);
        if (arrow < 0 || !text.StartsWith("aten::", StringComparison.Ordinal))
        {
            throw new FormatException($"'{text}' is not the schema of an aten operator.");
        }

        var full = text["aten::".Length..open];
        var dot = full.IndexOf('.', StringComparison.Ordinal);
        return new Schema(
            text,
            dot < 0 ? full : full[..dot],
            dot < 0 ? "" : full[(dot + 1)..],
            Parameters(text[(open + 1)..close]),
            Results(text[(arrow + 2)..].Trim()));
    }

    private static List<SchemaParameter> Parameters(string text)
    {
        var result = new List<SchemaParameter>();
        var keywordOnly = false;
        foreach (var item in Split(text))
        {
            if (item == "*")
            {
                keywordOnly = true;
                continue;
            }

            var equals = item.IndexOf('=', StringComparison.Ordinal);
            var declaration = equals < 0 ? item : item[..equals];
            var space = declaration.LastIndexOf(' ');
            result.Add(new SchemaParameter(
                Type(declaration[..space]), declaration[(space + 1)..], equals < 0 ? null : item[(equals + 1)..], keywordOnly));
        }

        return result;
    }

    private static List<SchemaResult> Results(string text)
    {
        var isTuple = text.StartsWith('(') && ClosingParenthesis(text, 0) == text.Length - 1;
        return [.. Split(isTuple ? text[1..^1] : text).Select(Result)];

        static SchemaResult Result(string item)
        {
            var space = item.LastIndexOf(' ');
            var named = space > item.LastIndexOf(')');
            return named && space > 0 ? new(Type(item[..space]), item[(space + 1)..]) : new(Type(item), null);
        }
    }

    private static SchemaType Type(string text)
    {
        var written = false;
        if (text.IndexOf('(', StringComparison.Ordinal) is >= 0 and var open)
        {
            var close = ClosingParenthesis(text, open);
            written = text[open..close].Contains('!', StringComparison.Ordinal);
            text = text[..open] + text[(close + 1)..];
        }

        var optional = text.EndsWith('?');
        text = optional ? text[..^1] : text;
        var bracket = text.IndexOf('[', StringComparison.Ordinal);
        var element = bracket < 0 ? text : text[..bracket];
        var elementOptional = bracket >= 0 && element.EndsWith('?');
        return new SchemaType(element.TrimEnd('?'), bracket >= 0, elementOptional, optional, written);
    }

    /// <summary>Splits at commas that no bracket or quotation encloses.</summary>
    private static IEnumerable<string> Split(string text)
    {
        var depth = 0;
        var quoted = false;
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            quoted ^= text[i] is '"' or '\'';
            depth += quoted ? 0 : text[i] switch { '(' or '[' => 1, ')' or ']' => -1, _ => 0 };
            if (text[i] == ',' && depth == 0 && !quoted)
            {
                yield return text[start..i].Trim();
                start = i + 1;
            }
        }

        if (text[start..].Trim() is { Length: > 0 } last)
        {
            yield return last;
        }
    }

    private static int ClosingParenthesis(string text, int open)
    {
        var depth = 0;
        for (var i = open; i < text.Length; i++)
        {
            depth += text[i] switch { '(' => 1, ')' => -1, _ => 0 };
            if (depth == 0)
            {
                return i;
            }
        }

        throw new FormatException($"'{text}' has an open parenthesis.");
    }
}
