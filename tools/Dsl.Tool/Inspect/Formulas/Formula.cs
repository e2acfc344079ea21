namespace Dsl.Inspect.Formulas;

/// <summary>A part of a formula, as the notation's reader found it.</summary>
internal abstract record FormulaPart
{
    public sealed record Number(string Digits) : FormulaPart;

    /// <summary>A letter, with its primes: z′.</summary>
    public sealed record Letter(string Name) : FormulaPart;

    /// <summary>A function or another word of mathematics: softmax, mean.</summary>
    public sealed record Function(string Name) : FormulaPart;

    /// <summary>Words between formulas: where, else.</summary>
    public sealed record Words(string Text) : FormulaPart;

    public sealed record Sign(char Character) : FormulaPart;

    /// <summary>Parts side by side.</summary>
    public sealed record Row(IReadOnlyList<FormulaPart> Parts) : FormulaPart;

    /// <summary>Parts in parentheses or brackets.</summary>
    public sealed record Group(char Open, FormulaPart Inner, char Close) : FormulaPart;

    /// <summary>A part with an index or an exponent.</summary>
    /// <param name="IsName">Whether the index belongs to the letter's name, as in z_t, and is no number or class.</param>
    public sealed record Script(FormulaPart Base, FormulaPart? Lower, FormulaPart? Upper, bool IsName) : FormulaPart;

    /// <summary>The letter, with the index that belongs to its name, as the notation spells it; null for any other
    /// part.</summary>
    public string? Spelling => this switch
    {
        Letter letter => letter.Name,
        Script { IsName: true, Base: Letter letter, Lower: Letter lower } => $"{letter.Name}_{lower.Name}",
        Script { IsName: true, Base: Letter letter, Lower: Number lower } => $"{letter.Name}_{lower.Digits}",
        _ => null,
    };
}
