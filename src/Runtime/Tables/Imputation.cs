using System.Globalization;

namespace Dsl.Runtime;

/// <summary>What stands in for the values that a column lacks.</summary>
public abstract class Imputation
{
    /// <summary>What it is called in a description.</summary>
    public abstract string Name { get; }

    /// <summary>Whether it needs a value to be there.</summary>
    public virtual bool NeedsValues => true;

    /// <summary>The mean of the values that are there.</summary>
    public static Imputation Mean { get; } = new Statistic("mean", values => values.Average());

    /// <summary>The middle one of the values that are there, or the mean of the middle two.</summary>
    public static Imputation Median { get; } = new Statistic("median", values =>
    {
        Array.Sort(values);
        return (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2;
    });

    /// <summary>The most frequent value; of equally frequent ones the smallest.</summary>
    public static Imputation Mode { get; } = new Statistic("mode", values =>
        values.GroupBy(value => value).OrderByDescending(alike => alike.Count()).ThenBy(alike => alike.Key).First().Key);

    /// <summary>A number, whatever the data are.</summary>
    public static Imputation Constant(double value) => new Fixed(value);

    /// <summary>What stands in.</summary>
    /// <param name="values">The values that are there, in an array of their own.</param>
    public abstract double Fit(double[] values);

    private sealed class Statistic(string name, Func<double[], double> find) : Imputation
    {
        public override string Name => name;

        public override double Fit(double[] values) => find(values);
    }

    private sealed class Fixed(double value) : Imputation
    {
        public override string Name => value.ToString(CultureInfo.InvariantCulture);

        public override bool NeedsValues => false;

        public override double Fit(double[] values) => value;
    }
}
