namespace Dsl.Runtime;

/// <summary>Where the reading of a table stands: before its first row, or at one.</summary>
public interface ITableCursor : IDisposable
{
    /// <summary>The number by which messages name the row: of its line in a text, else of the row itself, from 1.</summary>
    int Number { get; }

    /// <summary>Goes to the next row.</summary>
    /// <returns>False where there is none.</returns>
    bool MoveNext();

    /// <summary>A value of the row, valid until the cursor moves.</summary>
    /// <param name="column">One of the columns that the cursor was opened for, as a place in <see cref="ITableSource.Columns"/>.
    /// </param>
    TableValue Value(int column);
}
