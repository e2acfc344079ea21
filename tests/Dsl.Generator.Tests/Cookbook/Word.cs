namespace Dsl.Generator.Tests.Cookbook;

/// <summary>What the documentation of an attribute says.</summary>
/// <param name="Name">Without its arguments: <c>FixMatch</c>.</param>
/// <param name="Summary">What it is, as Markdown.</param>
/// <param name="Remarks">What else there is to know, as Markdown; empty where there is nothing.</param>
/// <param name="Types">Its type parameters, and what stands for each.</param>
/// <param name="Settings">Its properties, those that a constructor takes first.</param>
/// <param name="Sources">The papers and programs that it names.</param>
internal sealed record Word(
    string Name, string Summary, string Remarks, IReadOnlyList<(string Name, string Meaning)> Types,
    IReadOnlyList<Setting> Settings, IReadOnlyList<string> Sources);

/// <summary>A property of an attribute.</summary>
/// <param name="Name">As it is written.</param>
/// <param name="Meaning">As Markdown.</param>
/// <param name="Range">Its legal values; empty where all are.</param>
/// <param name="Default">As C#; "given" where a declaration must say it.</param>
internal sealed record Setting(string Name, string Meaning, string Range, string Default);
