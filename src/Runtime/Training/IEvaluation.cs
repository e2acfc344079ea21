namespace Dsl.Runtime;

/// <summary>How well a network does on some data, whatever it predicts.</summary>
public interface IEvaluation
{
    /// <summary>The loss: the lower the better.</summary>
    double Loss { get; }

    /// <summary>Number of predictions.</summary>
    long Count { get; }

    /// <summary>Every number by its name, as a log writes it.</summary>
    IEnumerable<(string Name, double Value)> Metrics { get; }
}
