namespace Dsl.Runtime;

/// <summary>How predictions of several models for one sample become one.</summary>
/// <param name="Weights">The weight of each model, at least 0; of probabilities they add up to 1.</param>
/// <param name="Vote">Whether probabilities are averaged or classes voted for.</param>
public sealed record CombinedPrediction(IReadOnlyList<double> Weights, EnsembleVote Vote)
{
    /// <summary>The mean of the probabilities Σ w_m·p_m, or the softmax of the votes (Zhu et al. 2009, equations 4 and
    /// 9).</summary>
    /// <param name="predictions">That of each model.</param>
    public ClassPrediction<TClass> Of<TClass>(IReadOnlyList<ClassPrediction<TClass>> predictions)
        where TClass : notnull
    {
        Require(predictions);
        return new ClassPrediction<TClass>(
            predictions[0].Classes, Probabilities([.. predictions.Select(prediction => prediction.Probabilities)]));
    }

    /// <summary>Likewise for yes or no, two classes.</summary>
    /// <param name="predictions">That of each model.</param>
    public BinaryPrediction Of(IReadOnlyList<BinaryPrediction> predictions)
    {
        Require(predictions);
        return new BinaryPrediction(Yes([.. predictions.Select(prediction => prediction.Probability)]));
    }

    /// <summary>Likewise for each of several labels by itself.</summary>
    /// <param name="predictions">That of each model.</param>
    public MultiLabelPrediction Of(IReadOnlyList<MultiLabelPrediction> predictions)
    {
        Require(predictions);
        var names = predictions[0].Names;
        return new MultiLabelPrediction(names, [.. names.Select((_, label) =>
            Yes([.. predictions.Select(prediction => prediction.Probabilities[label])]))]);
    }

    /// <summary>The mean Σ w_m·y_m of numbers.</summary>
    /// <param name="predictions">That of each model.</param>
    /// <exception cref="InvalidOperationException">The models vote for classes.</exception>
    public double Of(IReadOnlyList<double> predictions)
    {
        Require(predictions);
        if (Vote != EnsembleVote.Probabilities)
        {
            throw new InvalidOperationException(
                "Numbers are no classes that could be voted for: make an ensemble whose vote is EnsembleVote.Probabilities, "
                + "the mean.");
        }

        return predictions.Select((number, model) => Weights[model] * number).Sum();
    }

    /// <summary>Likewise for each of several numbers.</summary>
    /// <param name="predictions">That of each model.</param>
    /// <exception cref="InvalidOperationException">The models vote for classes.</exception>
    public double[] Of(IReadOnlyList<double[]> predictions)
    {
        Require(predictions);
        return [.. predictions[0].Select((_, label) => Of([.. predictions.Select(numbers => numbers[label])]))];
    }

    // Yes first: a model for which both are as likely says yes.
    private double Yes(double[] probabilities) =>
        Probabilities([.. probabilities.Select(yes => (double[])[yes, 1 - yes])])[0];

    private double[] Probabilities(IReadOnlyList<double>[] each)
    {
        int classes = each[0].Count;
        var combined = new double[classes];
        for (int model = 0; model < each.Length; model++)
        {
            if (Vote == EnsembleVote.Probabilities)
            {
                for (int known = 0; known < classes; known++) combined[known] += Weights[model] * each[model][known];
                continue;
            }

            // 1 for the class that is voted for, −1/(K − 1) for the others, and all of it divided by K − 1.
            int voted = Largest(each[model]);
            for (int known = 0; known < classes; known++)
                combined[known] += Weights[model] * (known == voted ? 1 : -1.0 / (classes - 1)) / (classes - 1);
        }

        return Vote == EnsembleVote.Probabilities ? combined : OutputProbability.Softmax(combined);
    }

    private static int Largest(IReadOnlyList<double> probabilities)
    {
        int largest = 0;
        for (int i = 1; i < probabilities.Count; i++)
            if (probabilities[i] > probabilities[largest]) largest = i;
        return largest;
    }

    private void Require<T>(IReadOnlyList<T> predictions)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        if (predictions.Count == 0 || predictions.Count != Weights.Count)
        {
            throw new ArgumentException(
                $"There are {predictions.Count} predictions for {Weights.Count} weights: give one of each model.",
                nameof(predictions));
        }
    }
}
