namespace Dsl.Runtime;

/// <summary>Declared tables from Parquet files: <c>Iris.LoadParquet("iris.parquet")</c>, or in C# 13
/// <c>ParquetTable.LoadParquet&lt;Iris&gt;("iris.parquet")</c>.</summary>
/// <remarks>Columns are found by name and checked as those of a file of separated values. Only the declared ones are read.
/// </remarks>
public static class ParquetTable
{
    extension<TRow>(TRow)
        where TRow : ITableRow<TRow>
    {
        /// <summary>The rows of a Parquet file.</summary>
        /// <param name="path">The file.</param>
        /// <exception cref="InvalidDataException">It is no Parquet file, or a column is missing or of another type, or a value
        /// does not fit; the message says row, column and value.</exception>
        /// <exception cref="IOException">The file cannot be read.</exception>
        public static TableData<TRow> LoadParquet(string path)
        {
            using var stream = File.OpenRead(path);
            return ParquetTable.ReadParquet<TRow>(stream, path);
        }

        /// <summary>The rows of a Parquet file that is a stream.</summary>
        /// <param name="stream">The file; it must seek, and stays open.</param>
        /// <param name="name">What errors call it.</param>
        /// <exception cref="ArgumentException">The stream cannot be read, or does not seek.</exception>
        /// <exception cref="InvalidDataException">It holds no Parquet file, or a column is missing or of another type, or a value
        /// does not fit; the message says row, column and value.</exception>
        public static TableData<TRow> ReadParquet(Stream stream, string name = "stream")
        {
            ArgumentNullException.ThrowIfNull(stream);
            if (!stream.CanRead || !stream.CanSeek)
                throw new ArgumentException("A Parquet file begins at its end: the stream must read and seek.", nameof(stream));
            using var source = new ParquetSource(stream, name);
            return TableData<TRow>.Read(source);
        }
    }
}
