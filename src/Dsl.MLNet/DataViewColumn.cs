using Microsoft.ML;
using Microsoft.ML.Data;

namespace Dsl.Runtime;

/// <summary>A column of a data view: its value in the row at which the reading stands.</summary>
internal abstract class DataViewColumn
{
    // What ML.NET calls the annotation of a key's names; the constant itself is in its larger packages.
    private const string KeyValues = nameof(KeyValues);

    /// <summary>Whether the type of a column is that of a declared one.</summary>
    public static bool CanRead(DataViewSchema.Column column) =>
        column.Type is NumberDataViewType or BooleanDataViewType or TextDataViewType or KeyDataViewType;

    /// <summary>The value of a column.</summary>
    /// <param name="row">The row, which moves.</param>
    /// <param name="column">One that can be read.</param>
    public static DataViewColumn Of(DataViewRow row, DataViewSchema.Column column)
    {
        if (column.Type is KeyDataViewType) return Key(row, column);
        var type = column.Type.RawType;
        if (type == typeof(float)) return new Values<float>(row, column, value => Number(value));
        if (type == typeof(double)) return new Values<double>(row, column, Number);
        if (type == typeof(sbyte)) return new Values<sbyte>(row, column, value => TableValue.Integer(value));
        if (type == typeof(byte)) return new Values<byte>(row, column, value => TableValue.Integer(value));
        if (type == typeof(short)) return new Values<short>(row, column, value => TableValue.Integer(value));
        if (type == typeof(ushort)) return new Values<ushort>(row, column, value => TableValue.Integer(value));
        if (type == typeof(int)) return new Values<int>(row, column, value => TableValue.Integer(value));
        if (type == typeof(uint)) return new Values<uint>(row, column, value => TableValue.Integer(value));
        if (type == typeof(long)) return new Values<long>(row, column, TableValue.Integer);
        if (type == typeof(ulong)) return new Values<ulong>(row, column, TableValue.Integer);
        if (type == typeof(bool)) return new Values<bool>(row, column, TableValue.Flag);
        return new Values<ReadOnlyMemory<char>>(row, column, value => value.IsEmpty ? default : TableValue.Text(value.Span));
    }

    /// <summary>The value in the row.</summary>
    public abstract TableValue Value();

    private static TableValue Number(double value) => double.IsNaN(value) ? default : TableValue.Number(value);

    private static DataViewColumn Key(DataViewRow row, DataViewSchema.Column column)
    {
        ReadOnlyMemory<char>[]? names = null;
        if (column.Annotations.Schema.GetColumnOrNull(KeyValues) is { Type: VectorDataViewType { ItemType: TextDataViewType } })
        {
            VBuffer<ReadOnlyMemory<char>> values = default;
            column.Annotations.GetValue(KeyValues, ref values);
            names = [.. values.DenseValues()];
        }

        var type = column.Type.RawType;
        if (type == typeof(byte)) return new Values<byte>(row, column, value => Named(value));
        if (type == typeof(ushort)) return new Values<ushort>(row, column, value => Named(value));
        if (type == typeof(uint)) return new Values<uint>(row, column, value => Named(value));
        return new Values<ulong>(row, column, Named);

        TableValue Named(ulong key) => key == 0 ? default
            : names is null ? TableValue.Integer(key - 1) : TableValue.Text(names[key - 1].Span);
    }

    private sealed class Values<T>(DataViewRow row, DataViewSchema.Column column, Func<T, TableValue> convert) : DataViewColumn
    {
        private readonly ValueGetter<T> _get = row.GetGetter<T>(column);

        public override TableValue Value()
        {
            T value = default!;
            _get(ref value);
            return convert(value);
        }
    }
}
