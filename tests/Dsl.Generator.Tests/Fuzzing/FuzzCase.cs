using Microsoft.CodeAnalysis;

namespace Dsl.Generator.Tests.Fuzzing;

/// <summary>A mutated declaration: a function of the run's seed and its number.</summary>
/// <param name="Slot">Which of the namespaces of a batch it stands in.</param>
/// <param name="Mutations">What was done to it, in order.</param>
internal sealed record FuzzCase(int Seed, int Number, int Slot, IReadOnlyList<string> Mutations, string Text)
{
    public string Path => $"/0/Case{Slot}.cs";

    public string Namespace => $"F{Slot}";

    public static FuzzCase Create(int seed, int number, int slot)
    {
        // Not HashCode.Combine, which differs from process to process.
        var random = new Random(unchecked((seed * 1_000_003) + number));
        string text = Corpus.Units[random.Next(Corpus.Units.Count)];
        if (random.Next(8) == 0) text += Corpus.Units[random.Next(Corpus.Units.Count)];
        var mutations = new List<string>();
        for (int count = 1 + random.Next(random.Next(2) == 0 ? 1 : 4); count > 0; count--)
        {
            var (name, apply) = Kinds[random.Next(Kinds.Length)];
            mutations.Add(name);
            text = apply(text, random);
        }

        return new FuzzCase(seed, number, slot, mutations, Header(slot) + text);
    }

    public SyntaxTree Tree(FuzzProject project) => project.Tree(Text, Path);

    public override string ToString() => $"seed {Seed}, case {Number} ({string.Join(", ", Mutations)}):\n{Text}";

    public static string Header(int slot) =>
        $"using Dsl;\nusing TorchSharp;\nusing static TorchSharp.torch;\n\nnamespace F{slot};\n\n";

    private static readonly (string Name, Func<string, Random, string> Apply)[] Kinds =
        [.. TextMutations.All, .. TokenMutations.All, .. TokenMutations.All, .. DeclarationMutations.All,
            .. DeclarationMutations.All];
}
