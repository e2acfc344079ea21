namespace Dsl.Runtime;

/// <summary>A token of a text.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Text">What the vocabulary calls it.</param>
/// <param name="Start">Where it begins in the normalised text, in UTF-16 code units.</param>
/// <param name="Length">How many code units it covers there; 0 for one that stands for no text.</param>
public sealed record TextToken(long Id, string Text, int Start, int Length);

/// <summary>A text as tokens.</summary>
/// <param name="NormalizedText">The text as the tokenizer reads it: lower case, spaces as other characters, or as it is.</param>
/// <param name="Tokens">In their order, without those of a frame.</param>
public sealed record TokenizedText(string NormalizedText, IReadOnlyList<TextToken> Tokens);

/// <summary>What stands around the tokens of a text that becomes a row: tokens by their names in the vocabulary.</summary>
public sealed record TokenFrame
{
    /// <summary>BERT's: <c>[CLS]</c> before, <c>[SEP]</c> behind, <c>[PAD]</c> to fill up.</summary>
    public static TokenFrame Bert { get; } = new() { Begin = "[CLS]", End = "[SEP]", Padding = "[PAD]" };

    /// <summary>The first token; null for none.</summary>
    public string? Begin { get; init; }

    /// <summary>The token behind the last one, which stays where a text is cut; null for none.</summary>
    public string? End { get; init; }

    /// <summary>What fills rows up; null where texts must be long enough.</summary>
    public string? Padding { get; init; }
}
