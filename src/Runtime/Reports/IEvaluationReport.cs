using Spectre.Console;

namespace Dsl.Runtime;

/// <summary>More of what an evaluation says: a <see cref="ClassificationReport"/> or a <see cref="RegressionReport"/>.</summary>
public interface IEvaluationReport
{
    /// <summary>The evaluation that it is of.</summary>
    IEvaluation Evaluation { get; }

    /// <summary>Shows the report.</summary>
    /// <param name="console">Where; null for the process's console.</param>
    void Write(IAnsiConsole? console = null);
}
