namespace Dsl.Runtime;

/// <summary>A model for a table, which predicts for rows.</summary>
/// <typeparam name="TRow">The record.</typeparam>
/// <typeparam name="TPrediction">What it predicts: a class, yes or no, numbers.</typeparam>
public interface ITableModel<TRow, TPrediction> : IDatasetModel
    where TRow : ITableRow<TRow>
{
    /// <summary>A prediction for each row, in their order; labels are not read.</summary>
    TPrediction[] Predict(IEnumerable<TRow> rows);

    /// <summary>What several models of the declaration say of one row, as one prediction.</summary>
    /// <param name="predictions">That of each.</param>
    /// <param name="combination">How they become one.</param>
    TPrediction Combine(IReadOnlyList<TPrediction> predictions, CombinedPrediction combination);
}
