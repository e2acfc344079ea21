using System.Text;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>A number for each character that a text has, in the order of their code points.</summary>
public sealed class CharacterVocabulary
{
    private readonly Dictionary<char, long> _numbers;
    private readonly char[] _characters;

    /// <summary>The vocabulary of a text.</summary>
    public CharacterVocabulary(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        _characters = [.. text.Distinct().Order()];
        _numbers = _characters.Index().ToDictionary(entry => entry.Item, entry => (long)entry.Index);
    }

    /// <summary>Number of different characters.</summary>
    public int Count => _characters.Length;

    /// <summary>A text as tokens, [L] int64.</summary>
    /// <exception cref="ArgumentException">A character is not in the vocabulary.</exception>
    public Tensor Encode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var tokens = new long[text.Length];
        for (int i = 0; i < tokens.Length; i++)
        {
            if (!_numbers.TryGetValue(text[i], out tokens[i]))
                throw new ArgumentException(
                    $"'{text[i]}' at position {i} is none of the {Count} characters of the vocabulary.", nameof(text));
        }

        return from_array(tokens);
    }

    /// <summary>Tokens as text.</summary>
    /// <param name="tokens">[L] int64, each in [0, Count).</param>
    public string Decode(Tensor tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        using var onCpu = tokens.to(CPU, copy: true);
        var text = new StringBuilder();
        foreach (long token in onCpu.data<long>()) text.Append(_characters[token]);
        return text.ToString();
    }
}
