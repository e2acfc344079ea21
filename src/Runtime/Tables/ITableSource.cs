namespace Dsl.Runtime;

/// <summary>Named columns of rows that a declared table is read from: a file of separated values, a Parquet file, a table of
/// another library.</summary>
public interface ITableSource
{
    /// <summary>What messages call it, such as the path of its file.</summary>
    string Name { get; }

    /// <summary>The names of its columns, in their order.</summary>
    IReadOnlyList<string> Columns { get; }

    /// <summary>Begins to read the rows.</summary>
    /// <param name="columns">The columns whose values are asked for, as places in <see cref="Columns"/>.</param>
    /// <exception cref="InvalidDataException">One of them holds what no declared column can; the message says what.</exception>
    ITableCursor Open(IReadOnlyList<int> columns);
}
