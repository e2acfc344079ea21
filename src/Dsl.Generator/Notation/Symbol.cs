using Dsl.Generator.Graph;

namespace Dsl.Generator.Notation;

/// <summary>A letter of a formula and what it stands for.</summary>
/// <param name="Letter">As the notation spells it, with its index: γ, z_t.</param>
/// <param name="Meaning">What it is, as the end of a sentence.</param>
/// <param name="Property">The attribute's property that gives it; null for what the step computes.</param>
internal sealed record Symbol(string Letter, string Meaning, string? Property = null);

/// <summary>A letter of a trainer's formula.</summary>
/// <param name="Setting">The trainer's property that gives it; null for what the step computes.</param>
/// <param name="Value">Its value as declared; null for what has none, or many.</param>
internal sealed record ExplainedSymbol(string Letter, string Meaning, string? Setting, string? Value);
