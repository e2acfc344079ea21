using System.Globalization;

namespace Dsl.Runtime;

/// <summary>A value as a source of tables has it, with its type. What is <c>default</c> is missing.</summary>
public readonly ref struct TableValue
{
    private readonly ReadOnlySpan<char> _text;
    private readonly double _number;
    private readonly long _integer;

    private TableValue(TableValueKind kind, ReadOnlySpan<char> text, double number = 0, long integer = 0)
    {
        Kind = kind;
        _text = text;
        _number = number;
        _integer = integer;
    }

    /// <summary>What it is.</summary>
    internal TableValueKind Kind { get; }

    /// <summary>The characters of what is written or a text.</summary>
    internal ReadOnlySpan<char> Characters => _text;

    /// <summary>The number of what is one; of a flag 1 or 0.</summary>
    internal double Real => Kind == TableValueKind.Number ? _number : _integer;

    /// <summary>The integer of what is one; of a flag 1 or 0.</summary>
    internal long Whole => _integer;

    /// <summary>A real number.</summary>
    public static TableValue Number(double value) => new(TableValueKind.Number, default, number: value);

    /// <summary>A whole number.</summary>
    public static TableValue Integer(long value) => new(TableValueKind.Integer, default, integer: value);

    /// <summary>A whole number without a sign; one of more than 63 bits becomes real, which no column of whole numbers takes.
    /// </summary>
    public static TableValue Integer(ulong value) => value <= long.MaxValue ? Integer((long)value) : Number(value);

    /// <summary>Yes or no.</summary>
    public static TableValue Flag(bool value) => new(TableValueKind.Flag, default, integer: value ? 1 : 0);

    /// <summary>A text, which is no number even where its characters are those of one.</summary>
    public static TableValue Text(ReadOnlySpan<char> value) => new(TableValueKind.Text, value);

    /// <summary>Characters that may stand for anything: what they are is for the declared column to say.</summary>
    internal static TableValue Written(ReadOnlySpan<char> value) => new(TableValueKind.Written, value);

    /// <summary>The value as messages show it, without quotation marks.</summary>
    public override string ToString() => Kind switch
    {
        TableValueKind.Missing => "",
        TableValueKind.Number => _number.ToString(CultureInfo.InvariantCulture),
        TableValueKind.Integer => _integer.ToString(CultureInfo.InvariantCulture),
        TableValueKind.Flag => _integer == 1 ? "true" : "false",
        _ => _text.ToString(),
    };
}
