using System.Globalization;

namespace Dsl.Runtime;

/// <summary>A prediction of one of several classes.</summary>
/// <typeparam name="TClass">A text, an enum or a number.</typeparam>
public sealed class ClassPrediction<TClass>
    where TClass : notnull
{
    private readonly int _likeliest;

    internal ClassPrediction(IReadOnlyList<TClass> classes, double[] probabilities)
    {
        Classes = classes;
        Probabilities = probabilities;
        for (int i = 1; i < probabilities.Length; i++)
            if (probabilities[i] > probabilities[_likeliest]) _likeliest = i;
    }

    /// <summary>The likeliest class.</summary>
    public TClass Class => Classes[_likeliest];

    /// <summary>Its probability, as the model has it.</summary>
    public double Probability => Probabilities[_likeliest];

    /// <summary>All classes, as they were declared.</summary>
    public IReadOnlyList<TClass> Classes { get; }

    /// <summary>The probability of each, in that order.</summary>
    public IReadOnlyList<double> Probabilities { get; }

    /// <summary>The probability of a class.</summary>
    /// <exception cref="ArgumentException">It is none.</exception>
    public double this[TClass name]
    {
        get
        {
            for (int i = 0; i < Classes.Count; i++)
                if (Classes[i].Equals(name)) return Probabilities[i];
            throw new ArgumentException($"'{name}' is none of the classes {string.Join(", ", Classes)}.", nameof(name));
        }
    }

    /// <summary>Class and probability: <c>setosa (98.6 %)</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Class} ({Probability * 100:0.0} %)");
}
