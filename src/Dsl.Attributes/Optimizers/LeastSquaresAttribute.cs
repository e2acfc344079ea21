namespace Dsl;

/// <summary>
/// Solves linear regression of one linear layer, with or without penalties, in place of descending: <c>Fit</c> finds the weights
/// that minimise Σ (z − y)² + α·Σ w² + 2N·λ·Σ |w| over all N rows, in float64.
/// </summary>
/// <remarks>
/// <para>Without λ by singular values: ordinary least squares, or ridge regression (Hoerl and Kennard 1970) with α. Where
/// columns depend on each other the solution of the least norm is taken. With λ by coordinate descent (Friedman, Hastie and
/// Tibshirani 2010): the lasso, or with α the elastic net, whose zeros are exact. Intercepts are not penalised. α and λ are
/// those of scikit-learn's <c>Ridge</c> and <c>Lasso</c>. Several outputs are solved each by itself.</para>
/// <para>The model is one <c>[Linear]</c>, the only objective <c>[MeanSquaredError]</c>; one epoch is enough. Steps compute
/// losses and change nothing, whatever the learning rate.</para>
/// </remarks>
/// <example><code>
/// [Model&lt;House&gt;, Linear]
/// public partial class PriceModel;
/// [Trainer&lt;PriceModel&gt;, MeanSquaredError, LeastSquares(Ridge = 1), Epochs(1)]
/// public partial class PriceTrainer;
/// </code></example>
public sealed class LeastSquaresAttribute : OptimizerAttribute
{
    /// <summary>A solver.</summary>
    public LeastSquaresAttribute() : base(1)
    {
    }

    /// <summary>The weight α of the squares of the weights.</summary>
    [Interval("[0, inf)")]
    public double Ridge { get; set; }

    /// <summary>The weight λ of the sizes of the weights.</summary>
    [Interval("[0, inf)")]
    public double Lasso { get; set; }
}
