namespace Dsl.Runtime;

/// <summary>A row of a declared table. The compiler implements it for records with <c>[Table]</c>.</summary>
/// <typeparam name="TRow">The record itself.</typeparam>
public interface ITableRow<TRow>
    where TRow : ITableRow<TRow>
{
    /// <summary>The declared columns.</summary>
    static abstract TableSchema Schema { get; }

    /// <summary>A row from a line of a file.</summary>
    /// <param name="line">The line; columns are counted as in <see cref="Schema"/>.</param>
    /// <exception cref="InvalidDataException">A value is missing or has another form; the message says where.</exception>
    static abstract TRow Read(scoped in TableLine line);

    /// <summary>The row as a number for each column.</summary>
    /// <param name="cells">Where the numbers go.</param>
    void Write(scoped in TableCells cells);
}
