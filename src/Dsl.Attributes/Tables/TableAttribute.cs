using System;

namespace Dsl;

/// <summary>Declares a table: a partial record whose parameters and properties are the columns, with what becomes of
/// each.</summary>
/// <remarks>
/// The compiler adds <c>Load</c> for files with separated values, and <c>From</c> for rows in memory. Columns are read as they
/// are declared: <c>float</c>, <c>double</c>, <c>int</c>, <c>long</c>, <c>bool</c>, enums, and texts whose
/// <see cref="CategoriesAttribute">categories</see> are named; with a question mark where values may be missing, which
/// <see cref="ImputeAttribute"/> then fills in. <see cref="LabelAttribute"/> is what a model predicts. A model takes its input
/// width and its number of outputs from the record: <c>[Model&lt;Iris&gt;]</c>.
/// <para>What stands on the record itself holds for every column of numbers that says nothing of its own:
/// <c>[Table, Standardize]</c>.</para>
/// </remarks>
/// <example><code>
/// [Table, Standardize]
/// public partial record Iris(
///     float SepalLength, float SepalWidth, float PetalLength, float PetalWidth,
///     [Label("setosa", "versicolor", "virginica")] string? Species = null);
/// </code></example>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class TableAttribute : Attribute
{
    /// <summary>What stands between two values of a file, as <c>','</c> or <c>'\t'</c>. Left out, it is the one of comma,
    /// semicolon, tab, | and space at which the file's first line has the declared columns.</summary>
    public char Separator { get; set; }

    /// <summary>What stands before the decimals of a number: a point, or a comma.</summary>
    public char Decimal { get; set; } = '.';

    /// <summary>Whether the first line names the columns. Without, they stand in the order of the declaration.</summary>
    public bool Header { get; set; } = true;

    /// <summary>Texts that say, beside an empty cell, that a value is missing: <c>["NA", "?"]</c>.</summary>
    public string[] Missing { get; set; } = [];
}
