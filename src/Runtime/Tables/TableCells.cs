using System.Globalization;

namespace Dsl.Runtime;

/// <summary>A row as numbers: NaN where a value is missing, the place of a category, 0 or 1 for a flag. Generated code writes
/// it.</summary>
public readonly ref struct TableCells
{
    private readonly Span<double> _values;
    private readonly TableSchema _schema;
    private readonly TablePlace _place;
    private readonly bool _readsLabels;

    internal TableCells(Span<double> values, TableSchema schema, TablePlace place, bool readsLabels = true)
    {
        _values = values;
        _schema = schema;
        _place = place;
        _readsLabels = readsLabels;
        if (!readsLabels) values.Fill(double.NaN);
    }

    /// <summary>Writes a number.</summary>
    /// <exception cref="DataMismatchException">It is infinite or not a number.</exception>
    public void Number(int column, double value)
    {
        if (!Reads(column)) return;
        if (!double.IsFinite(value))
        {
            throw Error(column, $"is {value.ToString(CultureInfo.InvariantCulture)}"
                + (double.IsNaN(value)
                    ? ": where values may be missing, declare the column with a question mark and [Impute(...)]." : "."));
        }

        _values[column] = value;
    }

    /// <summary>Writes a number that may be missing.</summary>
    public void Number(int column, double? value)
    {
        if (value is { } present) Number(column, present);
        else _values[column] = double.NaN;
    }

    /// <summary>Writes a flag.</summary>
    public void Flag(int column, bool value)
    {
        if (Reads(column)) _values[column] = value ? 1 : 0;
    }

    /// <summary>Writes a flag that may be missing.</summary>
    public void Flag(int column, bool? value)
    {
        if (value is { } present) Flag(column, present);
        else _values[column] = double.NaN;
    }

    /// <summary>Writes the place of a category; a text that is null is missing.</summary>
    /// <param name="column">The column.</param>
    /// <param name="value">The category.</param>
    /// <param name="categories">All of them, in the order of the schema.</param>
    /// <exception cref="DataMismatchException">It is none of them, or null where that is not declared.</exception>
    public void Category<T>(int column, T value, T[] categories)
    {
        ArgumentNullException.ThrowIfNull(categories);
        if (!Reads(column)) return;
        var declared = _schema.Columns[column];
        if (value is null)
        {
            if (!declared.IsNullable) throw Error(column, "is null, which is not declared.");
            _values[column] = double.NaN;
            return;
        }

        int place = Array.IndexOf(categories, value);
        if (place < 0 && !declared.HasOther) throw Unknown(column, Convert.ToString(value, CultureInfo.InvariantCulture)!);
        _values[column] = place < 0 ? categories.Length : place;
    }

    /// <summary>Writes the place of a category that may be missing.</summary>
    public void Category<T>(int column, T? value, T[] categories)
        where T : struct
    {
        if (value is { } present) Category(column, present, categories);
        else _values[column] = double.NaN;
    }

    /// <summary>Writes a class that is its own number.</summary>
    /// <exception cref="DataMismatchException">It is none of 0, ..., K − 1.</exception>
    public void Class(int column, int? value)
    {
        if (!Reads(column)) return;
        if (value is { } present && (uint)present >= (uint)_schema.Columns[column].Categories.Count)
            throw Unknown(column, present.ToString(CultureInfo.InvariantCulture));
        _values[column] = value ?? double.NaN;
    }

    private bool Reads(int column) => _readsLabels || _schema.Columns[column].Role != ColumnRole.Label;

    private Exception Unknown(int column, string value)
    {
        var declared = _schema.Columns[column];
        const int shown = 10;
        string more = declared.Categories.Count > shown ? ", ..." : "";
        string what = declared.Role == ColumnRole.Label ? "class" : "category";
        return Error(column,
            $"has '{value}', which is no {what} of it: {string.Join(", ", declared.Categories.Take(shown))}{more}.");
    }

    private Exception Error(int column, string what) => _place.Error($"column '{_schema.Columns[column].Header}' {what}");
}
