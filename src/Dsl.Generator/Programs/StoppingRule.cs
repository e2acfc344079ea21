namespace Dsl.Generator.Programs;

/// <summary>When a run ends early: patience and least improvement as C# expressions.</summary>
internal sealed record StoppingRule(Metric Metric, string Patience, string MinimumImprovement);
