namespace Dsl.Generator.Programs;

/// <summary>Settings of some parameters that differ from the optimizer's, as C# expressions; null for the optimizer's
/// own.</summary>
/// <param name="Path">What the names of the parameters begin with.</param>
internal sealed record ParameterSettings(string Path, string? WeightDecay, string? LearningRateScale);

/// <summary>A factor of the learning rate of some parameters of the trained network, beside what else is set for them.</summary>
/// <param name="Parameters">Their names.</param>
/// <param name="Factor">C# expression, read at every update.</param>
internal sealed record LayerRate(System.Collections.Generic.IReadOnlyList<string> Parameters, string Factor);

/// <summary>A bound on the gradient.</summary>
/// <param name="Notation">What it does, for the header of the generated file.</param>
/// <param name="Comment">The formula, for the generated method.</param>
/// <param name="Body">C# statements over <c>_model.Arena</c>.</param>
/// <param name="ReadsWhole">Whether it looks at all of a parameter's gradient at once.</param>
internal sealed record GradientClipping(
    string Notation, string Comment, System.Collections.Generic.IReadOnlyList<string> Body, bool ReadsWhole = false,
    bool HasTemporaries = true);
