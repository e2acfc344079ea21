using System.Globalization;

namespace Dsl.Runtime;

/// <summary>A row of a source, by the declared columns: a line of a file, or a row of another library's table. Generated code
/// reads it.</summary>
public readonly ref struct TableLine
{
    private readonly ITableCursor _cursor;
    private readonly TableLayout _layout;
    private readonly TablePlace _place;

    internal TableLine(ITableCursor cursor, TableLayout layout, TablePlace place)
    {
        _cursor = cursor;
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
    public double? DoubleOrNull(int column) => IsMissing(column, out var value) ? null : Number(column, value);

    /// <summary>A whole number of 32 bits.</summary>
    public int Int32(int column) => (int)Integer(column, Present(column), int.MinValue, int.MaxValue);

    /// <summary>A whole number of 32 bits, or null where it is missing.</summary>
    public int? Int32OrNull(int column) =>
        IsMissing(column, out var value) ? null : (int)Integer(column, value, int.MinValue, int.MaxValue);

    /// <summary>A whole number of 64 bits.</summary>
    public long Int64(int column) => Integer(column, Present(column), long.MinValue, long.MaxValue);

    /// <summary>A whole number of 64 bits, or null where it is missing.</summary>
    public long? Int64OrNull(int column) =>
        IsMissing(column, out var value) ? null : Integer(column, value, long.MinValue, long.MaxValue);

    /// <summary>Yes or no: true, yes, 1 or false, no, 0, in capitals or not.</summary>
    public bool Boolean(int column) => Flag(column, Present(column));

    /// <summary>Yes or no, or null where it is missing.</summary>
    public bool? BooleanOrNull(int column) => IsMissing(column, out var value) ? null : Flag(column, value);

    /// <summary>A text.</summary>
    public string Text(int column) => Characters(column, Present(column));

    /// <summary>A text, or null where it is missing.</summary>
    public string? TextOrNull(int column) => IsMissing(column, out var value) ? null : Characters(column, value);

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
        IsMissing(column, out var value) ? null : Member(column, value, members);

    private TableValue Present(int column)
    {
        if (!IsMissing(column, out var value)) return value;
        string marked = value.ToString() is { Length: > 0 } text ? $" ('{text}')" : "";
        throw Error(column, $"has no value{marked}: where values may be missing, declare the column with a question mark and "
            + "[Impute(...)].");
    }

    private bool IsMissing(int column, out TableValue value)
    {
        int place = _layout.PlaceOf(column);
        value = place < 0 ? default : _cursor.Value(place);
        return value.Kind switch
        {
            TableValueKind.Missing => true,
            TableValueKind.Written => value.Characters.IsEmpty || _layout.IsMissing(value.Characters),
            TableValueKind.Text => _layout.IsMissing(value.Characters),
            TableValueKind.Number => !double.IsFinite(value.Real) && _layout.IsMissing(value.ToString()),
            _ => false,
        };
    }

    private double Number(int column, TableValue value)
    {
        var style = _layout.HasThousands ? NumberStyles.Float | NumberStyles.AllowThousands : NumberStyles.Float;
        double number = value.Kind switch
        {
            TableValueKind.Number or TableValueKind.Integer => value.Real,
            TableValueKind.Written when double.TryParse(value.Characters, style, _layout.Numbers, out double read) => read,
            _ => double.NaN,
        };
        return double.IsFinite(number) ? number : throw Unexpected(column, value, "a number is");
    }

    private float Narrow(int column, double value) => float.IsFinite((float)value)
        ? (float)value
        : throw Error(column,
            $"has {value.ToString(CultureInfo.InvariantCulture)}, which is too large for a float: declare it double.");

    private long Integer(int column, TableValue value, long least, long most)
    {
        long integer = value.Kind switch
        {
            TableValueKind.Integer => value.Whole,
            TableValueKind.Written when IsInteger(value.Characters, out long read) => read,
            TableValueKind.Written when double.TryParse(value.Characters, NumberStyles.Float, _layout.Numbers, out double read) =>
                Exact(column, value, read),
            TableValueKind.Number => Exact(column, value, value.Real),
            _ => throw Unexpected(column, value, "a whole number is"),
        };
        return integer >= least && integer <= most ? integer
            : throw Error(column, $"has {Shown(value)}, which is too large: declare it long.");
    }

    // Integers are written as 1.0 by programs that keep a column with missing values as real numbers.
    private long Exact(int column, TableValue value, double number)
    {
        const double exact = 1L << 53;
        return double.IsInteger(number) && Math.Abs(number) <= exact ? (long)number
            : throw Unexpected(column, value, "a whole number is");
    }

    private bool Flag(int column, TableValue value)
    {
        if (value.Kind is TableValueKind.Flag or TableValueKind.Integer && value.Whole is 0 or 1) return value.Whole == 1;
        if (value.Kind is TableValueKind.Written or TableValueKind.Text)
        {
            var text = value.Characters;
            if (Is(text, "true") || Is(text, "yes") || text is "1") return true;
            if (Is(text, "false") || Is(text, "no") || text is "0") return false;
        }

        throw Unexpected(column, value, "true or false, yes or no, 1 or 0 is", isNumber: false);

        static bool Is(ReadOnlySpan<char> text, string word) => text.Equals(word, StringComparison.OrdinalIgnoreCase);
    }

    private string Characters(int column, TableValue value) => value.Kind is TableValueKind.Written or TableValueKind.Text
        ? value.Characters.ToString()
        : throw Unexpected(column, value, "a text is", isNumber: false);

    private T Member<T>(int column, TableValue value, T[] members)
        where T : struct, Enum
    {
        ArgumentNullException.ThrowIfNull(members);
        var names = _layout.Schema.Columns[column].Categories;
        var text = value.Characters;
        bool isText = value.Kind is TableValueKind.Written or TableValueKind.Text;
        bool isNumber = value.Kind == TableValueKind.Integer;
        for (int i = 0; isText && i < members.Length; i++)
            if (TableLayout.IsSameName(text, names[i])) return members[i];
        long number = value.Whole;
        if (isText) isNumber = IsInteger(text, out number);
        foreach (var member in members)
            if (isNumber && Convert.ToInt64(member, CultureInfo.InvariantCulture) == number) return member;
        throw Error(column, $"has {Shown(value)}, which is none of {string.Join(", ", names)}.");
    }

    private static bool IsInteger(ReadOnlySpan<char> text, out long value) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    // The separator of decimals is advised on where numbers are written with one.
    private Exception Unexpected(int column, TableValue value, string expected, bool isNumber = true)
    {
        string text = value.ToString();
        string advice = !isNumber ? ""
            : value.Kind == TableValueKind.Written ? _layout.AdviseOn(text) : TableLayout.AdviseOnMissing(text);
        return Error(column, $"has {Shown(value)}, where {expected} expected{advice}.");
    }

    private static string Shown(TableValue value) => value.Kind switch
    {
        TableValueKind.Written => $"'{value.Characters}'",
        TableValueKind.Text => $"the text '{value.Characters}'",
        _ => value.ToString(),
    };

    private Exception Error(int column, string what)
    {
        string header = _layout.Schema.Columns[column].Header;
        int place = _layout.PlaceOf(column);
        return _place.Error(place < 0 ? $"there is no column '{header}'." : $"column {place + 1} '{header}' {what}");
    }
}
