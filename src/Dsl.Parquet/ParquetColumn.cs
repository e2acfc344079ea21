using Parquet;
using Parquet.Schema;

namespace Dsl.Runtime;

/// <summary>A column of a Parquet file: its values in the group of rows that was read last.</summary>
internal abstract class ParquetColumn(string name)
{
    /// <summary>Its name.</summary>
    public string Name { get; } = name;

    /// <summary>The column of a field; null where its type is that of no declared column.</summary>
    public static ParquetColumn? Of(DataField field)
    {
        var type = field.ClrType;
        if (type == typeof(float)) return new Values<float>(field, value => TableValue.Number(value));
        if (type == typeof(double)) return new Values<double>(field, TableValue.Number);
        if (type == typeof(decimal)) return new Values<decimal>(field, value => TableValue.Number((double)value));
        if (type == typeof(sbyte)) return new Values<sbyte>(field, value => TableValue.Integer(value));
        if (type == typeof(byte)) return new Values<byte>(field, value => TableValue.Integer(value));
        if (type == typeof(short)) return new Values<short>(field, value => TableValue.Integer(value));
        if (type == typeof(ushort)) return new Values<ushort>(field, value => TableValue.Integer(value));
        if (type == typeof(int)) return new Values<int>(field, value => TableValue.Integer(value));
        if (type == typeof(uint)) return new Values<uint>(field, value => TableValue.Integer(value));
        if (type == typeof(long)) return new Values<long>(field, TableValue.Integer);
        if (type == typeof(ulong)) return new Values<ulong>(field, TableValue.Integer);
        if (type == typeof(bool)) return new Values<bool>(field, TableValue.Flag);
        return type == typeof(string) || type == typeof(ReadOnlyMemory<char>) ? new Texts(field) : null;
    }

    /// <summary>Reads its values in a group of rows.</summary>
    public abstract Task Read(ParquetRowGroupReader group, int rows);

    /// <summary>A value of the group.</summary>
    public abstract TableValue Value(int row);

    private sealed class Values<T>(DataField field, Func<T, TableValue> convert) : ParquetColumn(field.Name)
        where T : struct
    {
        private readonly DataField _field = field;
        private T?[] _values = [];

        public override async Task Read(ParquetRowGroupReader group, int rows)
        {
            _values = new T?[rows];
            if (_field.IsNullable)
            {
                await group.ReadAsync(_field, _values.AsMemory()).ConfigureAwait(false);
                return;
            }

            // A column that must have values has no levels that say which are there, and the library would read what its
            // pool left of others.
            var given = new T[rows];
            await group.ReadAsync(_field, given.AsMemory()).ConfigureAwait(false);
            for (int row = 0; row < rows; row++) _values[row] = given[row];
        }

        public override TableValue Value(int row) => _values[row] is { } value ? convert(value) : default;
    }

    private sealed class Texts(DataField field) : ParquetColumn(field.Name)
    {
        private readonly DataField _field = field;
        private string?[] _values = [];

        public override async Task Read(ParquetRowGroupReader group, int rows)
        {
            _values = new string?[rows];
            await group.ReadAsync(_field, _values.AsMemory()).ConfigureAwait(false);
        }

        public override TableValue Value(int row) => _values[row] is { } value ? TableValue.Text(value) : default;
    }
}
