using System.Globalization;

namespace Dsl.Inspect.Formulas;

/// <summary>
/// Reads the notation in which techniques describe themselves, <c>−mean (1 − p[y])^γ·log p[y]</c>: letters, functions, indices
/// after <c>_</c> or in brackets, exponents after <c>^</c> or as ². What it does not know is a sign like any other, so that
/// every notation has a picture.
/// </summary>
internal sealed class FormulaReader
{
    private static readonly HashSet<string> Functions = new(StringComparer.Ordinal)
    {
        "argmax", "argmin", "clamp", "cos", "exp", "H", "JS", "KL", "log", "max", "mean", "min", "onehot", "sg", "softmax", "sum",
    };

    private readonly string _text;
    private int _position;

    private FormulaReader(string text) => _text = text;

    private char Next => _position < _text.Length ? _text[_position] : '\0';

    public static FormulaPart Read(string notation) => new FormulaReader(notation).ReadRow('\0');

    private FormulaPart.Row ReadRow(char close)
    {
        var parts = new List<FormulaPart>();
        while (Next != '\0' && Next != close)
        {
            if (char.IsWhiteSpace(Next))
            {
                _position++;
                continue;
            }

            var part = ReadScripts(ReadPart());

            // Neighbouring words are one text.
            if (part is FormulaPart.Words word && parts.LastOrDefault() is FormulaPart.Words before)
                parts[^1] = new FormulaPart.Words($"{before.Text} {word.Text}");
            else parts.Add(part);
        }

        return new FormulaPart.Row(parts);
    }

    private FormulaPart ReadPart()
    {
        char first = Next;
        if (char.IsAsciiDigit(first))
            return new FormulaPart.Number(Take(character => char.IsAsciiDigit(character) || character == '.'));
        if (char.IsAsciiLetter(first)) return ReadWord();
        _position++;
        if (char.IsLetter(first) && first != 'Σ') return new FormulaPart.Letter(first + Primes());
        return first switch
        {
            '(' => ReadGroup('(', ')'),
            '[' => ReadGroup('[', ']'),
            '{' => ReadGroup('{', '}'),
            _ => new FormulaPart.Sign(first),
        };
    }

    private FormulaPart ReadWord()
    {
        string word = Take(char.IsAsciiLetter);
        if (Functions.Contains(word)) return new FormulaPart.Function(word);
        if (word.Length == 1) return new FormulaPart.Letter(word + Primes());
        return Next == '(' ? new FormulaPart.Function(word) : new FormulaPart.Words(word);
    }

    private FormulaPart.Group ReadGroup(char open, char close)
    {
        var inner = ReadRow(close);
        if (Next == close) _position++;
        return new FormulaPart.Group(open, inner, close);
    }

    private FormulaPart ReadScripts(FormulaPart part)
    {
        FormulaPart? lower = null, upper = null;
        bool isName = false;
        while (true)
        {
            if (Next == '_')
            {
                _position++;
                isName = Next != '{';
                lower = ReadScript();
            }
            else if (Next == '^')
            {
                _position++;
                upper = ReadScript();
            }
            else if (Next is '²' or '³')
            {
                upper = new FormulaPart.Number(CharUnicodeInfo.GetDigitValue(Next).ToString(CultureInfo.InvariantCulture));
                _position++;
            }
            else if (Next == '[' && part is not FormulaPart.Sign)
            {
                _position++;
                var index = ReadGroup('[', ']').Inner;
                if (lower is null) lower = index;
                else (part, lower, isName) = (new FormulaPart.Script(part, lower, null, isName), index, false);
            }
            else
            {
                return lower is null && upper is null ? part : new FormulaPart.Script(part, lower, upper, isName);
            }
        }
    }

    // A group after _ or ^ is its content: parentheses around an exponent are the notation's, not the formula's.
    private FormulaPart ReadScript() => Next is '\0' ? new FormulaPart.Words("") : ReadPart() is var part
        && part is FormulaPart.Group group ? group.Inner : part;

    private string Primes() => Take(character => character is '\'' or '′' or '″').Replace('\'', '′');

    private string Take(Func<char, bool> belongs)
    {
        int start = _position;
        while (_position < _text.Length && belongs(_text[_position])) _position++;
        return _text[start.._position];
    }
}
