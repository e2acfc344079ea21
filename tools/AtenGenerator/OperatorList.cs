namespace AtenGenerator;

/// <summary>Reads operators.txt: which operators Aten opens.</summary>
public static class OperatorList
{
    /// <summary>The schemas of the listed operators, in their order.</summary>
    /// <param name="lines">The lines of operators.txt.</param>
    /// <param name="known">The schemas that libtorch has, by name and overload.</param>
    /// <exception cref="FormatException">Operators that libtorch does not have, or that are listed twice.</exception>
    public static IReadOnlyList<Schema> Resolve(IEnumerable<string> lines, IReadOnlyDictionary<string, Schema> known)
    {
        var schemas = new List<Schema>();
        var unknown = new List<string>();
        foreach (var line in lines.Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#'))
        {
            if (line.Contains('(', StringComparison.Ordinal))
            {
                schemas.Add(SchemaParser.Parse(line));
            }
            else if (known.TryGetValue(line, out var schema))
            {
                schemas.Add(schema);
            }
            else
            {
                unknown.Add(line);
            }
        }

        if (unknown.Count > 0)
        {
            throw new FormatException($"This libtorch has no operator {string.Join(", ", unknown)}.");
        }

        var repeated = schemas.GroupBy(schema => schema.Key).Where(group => group.Count() > 1).Select(group => group.Key).ToList();
        return repeated.Count == 0 ? schemas : throw new FormatException($"Listed twice: {string.Join(", ", repeated)}.");
    }
}
