using System.Globalization;
using nietras.SeparatedValues;

namespace Dsl.Runtime;

/// <summary>A line of a file, by the declared columns. Generated code reads it.</summary>
public readonly ref struct TableLine
{
    private readonly SepReader.Row _row;
    private readonly TableLayout _layout;
    private readonly TablePlace _place;

    internal TableLine(SepReader.Row row, TableLayout layout, TablePlace place)
    {
        _row = row;
        _layout = layout;
        _place = place;
    }

    /// <summary>A number in single precision.</summary>
    public float Single(int column) => Narrow(column, Double(column));

    /// <summary>A number in single precision, or null where it is missing.</summary>
    public float? SingleOrNull(int column) => DoubleOrNull(column) is { } value ? Narrow(column, value) : null;

    /// <summary>A number.</summary>
    public double Double(int column) => Number(column, Present(column));

    /// <summary>A number, or null where it is missing.</summary>
    public double? DoubleOrNull(int column) => IsMissing(column, out var text) ? null : Number(column, text);

    /// <summary>A whole number of 32 bits.</summary>
    public int Int32(int column) => (int)Integer(column, Present(column), int.MinValue, int.MaxValue);

    /// <summary>A whole number of 32 bits, or null where it is missing.</summary>
    public int? Int32OrNull(int column) =>
        IsMissing(column, out var text) ? null : (int)Integer(column, text, int.MinValue, int.MaxValue);

    /// <summary>A whole number of 64 bits.</summary>
    public long Int64(int column) => Integer(column, Present(column), long.MinValue, long.MaxValue);

    /// <summary>A whole number of 64 bits, or null where it is missing.</summary>
    public long? Int64OrNull(int column) =>
        IsMissing(column, out var text) ? null : Integer(column, text, long.MinValue, long.MaxValue);

    /// <summary>Yes or no: true, yes, 1 or false, no, 0, in capitals or not.</summary>
    public bool Boolean(int column) => Flag(column, Present(column));

    /// <summary>Yes or no, or null where it is missing.</summary>
    public bool? BooleanOrNull(int column) => IsMissing(column, out var text) ? null : Flag(column, text);

    /// <summary>A text.</summary>
    public string Text(int column) => Present(column).ToString();

    /// <summary>A text, or null where it is missing.</summary>
    public string? TextOrNull(int column) => IsMissing(column, out var text) ? null : text.ToString();

    /// <summary>A member of an enum, by its name or its number.</summary>
    /// <param name="column">The column.</param>
    /// <param name="members">The members, in the order of the schema's categories.</param>
    public T Enum<T>(int column, T[] members)
        where T : struct, Enum =>
        Member(column, Present(column), members);

    /// <summary>A member of an enum, or null where it is missing.</summary>
    /// <param name="column">The column.</param>
    /// <param name="members">The members, in the order of the schema's categories.</param>
    public T? EnumOrNull<T>(int column, T[] members)
        where T : struct, Enum =>
        IsMissing(column, out var text) ? null : Member(column, text, members);

    private ReadOnlySpan<char> Present(int column)
    {
        if (!IsMissing(column, out var text)) return text;
        string marked = text.IsEmpty ? "" : $" ('{text}')";
        throw Error(column, $"has no value{marked}: where values may be missing, declare the column with a question mark and "
            + "[Impute(...)].");
    }

    private bool IsMissing(int column, out ReadOnlySpan<char> text)
    {
        int place = _layout.PlaceOf(column);
        text = place < 0 ? default : _row[place].Span.Trim();
        return text.IsEmpty || _layout.IsMissing(text);
    }

    private double Number(int column, ReadOnlySpan<char> text)
    {
        var style = _layout.HasThousands ? NumberStyles.Float | NumberStyles.AllowThousands : NumberStyles.Float;
        return double.TryParse(text, style, _layout.Numbers, out double value) && double.IsFinite(value)
            ? value
            : throw Error(column, $"has '{text}', where a number is expected{_layout.AdviseOn(text)}.");
    }

    private float Narrow(int column, double value) => float.IsFinite((float)value)
        ? (float)value
        : throw Error(column,
            $"has {value.ToString(CultureInfo.InvariantCulture)}, which is too large for a float: declare it double.");

    private long Integer(int column, ReadOnlySpan<char> text, long least, long most)
    {
        // Integers are written as 1.0 by programs that keep a column with missing values as real numbers.
        const double exact = 1L << 53;
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value))
        {
            double number = double.TryParse(text, NumberStyles.Float, _layout.Numbers, out double read) ? read : double.NaN;
            if (!double.IsInteger(number) || Math.Abs(number) > exact)
                throw Error(column, $"has '{text}', where a whole number is expected{_layout.AdviseOn(text)}.");
            value = (long)number;
        }

        return value >= least && value <= most ? value
            : throw Error(column, $"has '{text}', which is too large: declare it long.");
    }

    private bool Flag(int column, ReadOnlySpan<char> text)
    {
        if (Is(text, "true") || Is(text, "yes") || text is "1") return true;
        return Is(text, "false") || Is(text, "no") || text is "0" ? false
            : throw Error(column, $"has '{text}', where true or false, yes or no, 1 or 0 is expected.");

        static bool Is(ReadOnlySpan<char> text, string word) => text.Equals(word, StringComparison.OrdinalIgnoreCase);
    }

    private T Member<T>(int column, ReadOnlySpan<char> text, T[] members)
        where T : struct, Enum
    {
        ArgumentNullException.ThrowIfNull(members);
        var names = _layout.Schema.Columns[column].Categories;
        for (int i = 0; i < members.Length; i++)
            if (TableLayout.IsSameName(text, names[i])) return members[i];
        bool isNumber = long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value);
        foreach (var member in members)
            if (isNumber && Convert.ToInt64(member, CultureInfo.InvariantCulture) == value) return member;
        throw Error(column, $"has '{text}', which is none of {string.Join(", ", names)}.");
    }

    private Exception Error(int column, string what)
    {
        string header = _layout.Schema.Columns[column].Header;
        int place = _layout.PlaceOf(column);
        return _place.Error(place < 0 ? $"there is no column '{header}'." : $"column {place + 1} '{header}' {what}");
    }
}
