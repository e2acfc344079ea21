namespace Dsl.Runtime;

/// <summary>A prediction of several labels, each of which holds or does not.</summary>
/// <param name="Names">The labels, by the names of their columns.</param>
/// <param name="Probabilities">How likely each holds, as the model has it.</param>
public sealed record MultiLabelPrediction(IReadOnlyList<string> Names, IReadOnlyList<double> Probabilities)
{
    /// <summary>The names of the labels that hold.</summary>
    public IEnumerable<string> Holding => Names.Where((_, label) => Probabilities[label] >= 0.5);

    /// <summary>The prediction of a label.</summary>
    /// <exception cref="ArgumentException">There is none of the name.</exception>
    public BinaryPrediction this[string name]
    {
        get
        {
            for (int i = 0; i < Names.Count; i++)
                if (Names[i] == name) return new BinaryPrediction(Probabilities[i]);
            throw new ArgumentException($"'{name}' is none of the labels {string.Join(", ", Names)}.", nameof(name));
        }
    }
}
