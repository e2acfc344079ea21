using Parquet;
using Parquet.Schema;

namespace Dsl.Runtime;

/// <summary>A Parquet file as a source of rows.</summary>
internal sealed class ParquetSource : ITableSource, IDisposable
{
    private readonly ParquetReader _reader;

    public ParquetSource(Stream stream, string name)
    {
        Name = name;
        try
        {
            _reader = Wait(() => ParquetReader.CreateAsync(stream, leaveStreamOpen: true));
        }
        catch (IOException error)
        {
            throw new InvalidDataException($"{name} is no Parquet file, or its end is damaged.", error);
        }

        Columns = [.. _reader.Schema.Fields.Select(field => field.Name)];
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Columns { get; }

    /// <inheritdoc/>
    public ITableCursor Open(IReadOnlyList<int> columns)
    {
        var opened = new ParquetColumn?[Columns.Count];
        foreach (int column in columns)
        {
            var field = _reader.Schema.Fields[column];
            opened[column] = (field is DataField { IsArray: false } data ? ParquetColumn.Of(data) : null)
                ?? throw new InvalidDataException($"{Name}: column '{field.Name}' holds {Describe(field)}, where a declared "
                    + "column can be of numbers, of true and false, or of texts.");
        }

        return new ParquetCursor(_reader, opened, Name);
    }

    /// <inheritdoc/>
    public void Dispose() => Wait(async () =>
    {
        await _reader.DisposeAsync().ConfigureAwait(false);
        return true;
    });

    /// <summary>The result of what Parquet.Net does in its own time, on a thread that no caller's context waits for.</summary>
    public static T Wait<T>(Func<Task<T>> work) => Task.Run(work).GetAwaiter().GetResult();

    private static string Describe(Field field) => field switch
    {
        DataField { IsArray: false } data => $"values of type {data.ClrType.Name}",
        DataField => "lists",
        _ => field.SchemaType switch
        {
            SchemaType.List => "lists",
            SchemaType.Map => "maps",
            _ => "structures",
        },
    };
}
