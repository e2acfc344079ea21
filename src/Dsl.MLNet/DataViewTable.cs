using Microsoft.ML;

namespace Dsl.Runtime;

/// <summary>Declared tables from ML.NET's data: <c>Iris.FromDataView(view)</c>, or in C# 13
/// <c>DataViewTable.FromDataView&lt;Iris&gt;(view)</c>.</summary>
/// <remarks>Columns are found by name and checked as those of a file of separated values. Only the declared ones are read.
/// Missing are a number that is NaN, a text that is empty and a key of 0, as in ML.NET. A key with names is its name, another one
/// is its place, from 0.</remarks>
public static class DataViewTable
{
    extension<TRow>(TRow)
        where TRow : ITableRow<TRow>
    {
        /// <summary>The rows of a data view.</summary>
        /// <param name="view">The data.</param>
        /// <param name="name">What errors call it.</param>
        /// <exception cref="InvalidDataException">A column is missing or of another type, or a value does not fit; the message
        /// says row, column and value.</exception>
        public static TableData<TRow> FromDataView(IDataView view, string name = "data view")
        {
            ArgumentNullException.ThrowIfNull(view);
            return TableData<TRow>.Read(new DataViewSource(view, name));
        }
    }
}
