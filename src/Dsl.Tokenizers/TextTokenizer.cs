using System.Text.Json;
using Microsoft.ML.Tokenizers;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// Texts as numbers of tokens and back, by files of a vocabulary: BPE, WordPiece and SentencePiece. The work is done by
/// <c>Microsoft.ML.Tokenizers</c>, which trains no vocabulary.
/// </summary>
public sealed class TextTokenizer
{
    private readonly Tokenizer _tokenizer;
    private readonly IReadOnlyDictionary<string, int> _numbers;
    private readonly string _source;

    private TextTokenizer(Tokenizer tokenizer, IReadOnlyDictionary<string, int> numbers, string source)
    {
        (_tokenizer, _numbers, _source) = (tokenizer, numbers, source);
        VocabularySize = numbers.Values.Max() + 1;
    }

    /// <summary>V: one more than the largest number of a token, so many rows an embedding of them has.</summary>
    public int VocabularySize { get; }

    /// <summary>Byte pair encoding (Sennrich, Haddow and Birch 2016, arXiv 1508.07909) from a vocabulary and merges, the files
    /// <c>vocab.json</c> and <c>merges.txt</c>.</summary>
    /// <param name="vocabulary">A JSON object of tokens and their numbers.</param>
    /// <param name="merges">A line for each merge, two tokens with a space between them, the first merge first.</param>
    /// <param name="byteLevel">Whether tokens are of bytes as GPT-2 spells them, so that every text has tokens; else of
    /// characters.</param>
    /// <param name="unknown">The token of characters that the vocabulary does not have; null to leave them out. Not read with
    /// byte-level tokens.</param>
    /// <exception cref="InvalidDataException">A file is not what it should be; the message names it.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static TextTokenizer FromBpe(string vocabulary, string merges, bool byteLevel = true, string? unknown = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(vocabulary);
        ArgumentException.ThrowIfNullOrEmpty(merges);
        var numbers = ReadJson(vocabulary);
        string[] lines =
        [
            .. File.ReadLines(merges).Where(line => line.Length > 0 && !line.StartsWith("#version", StringComparison.Ordinal)),
        ];
        foreach (var (i, line) in lines.Index())
        {
            string[] parts = line.Split(' ');
            if (parts.Length != 2) throw new InvalidDataException($"'{merges}', merge {i + 1}: '{line}' is no pair of tokens.");
            if (parts.Append(parts[0] + parts[1]).FirstOrDefault(part => !numbers.ContainsKey(part)) is { } missing)
                throw new InvalidDataException($"'{merges}', merge {i + 1}: '{missing}' is not in '{vocabulary}'.");
        }

        if (unknown is not null && !byteLevel) RequireToken(numbers, unknown, vocabulary);
        var options = new BpeOptions(numbers)
        {
            Merges = lines,
            ByteLevel = byteLevel,
            UnknownToken = byteLevel ? null : unknown,
            PreTokenizer = byteLevel ? new RegexPreTokenizer(Gpt2Words(), null) : PreTokenizer.CreateWhiteSpace(),
        };
        return new TextTokenizer(Made(() => BpeTokenizer.Create(options), vocabulary), numbers, vocabulary);
    }

    /// <summary>WordPiece as BERT has it (Devlin et al. 2019, arXiv 1810.04805): text is cut at spaces and punctuation, and each
    /// word into the longest pieces of the vocabulary; pieces inside of a word begin with ##.</summary>
    /// <param name="vocabulary">The file <c>vocab.txt</c>: a token a line, the first has number 0. <c>[UNK]</c>, <c>[CLS]</c>,
    /// <c>[SEP]</c>, <c>[PAD]</c> and <c>[MASK]</c> are among them.</param>
    /// <param name="lowerCase">Whether the vocabulary is of small letters.</param>
    /// <exception cref="InvalidDataException">A token is missing or repeated; the message says which.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static TextTokenizer FromWordPiece(string vocabulary, bool lowerCase = true)
    {
        ArgumentException.ThrowIfNullOrEmpty(vocabulary);
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (i, line) in File.ReadLines(vocabulary).Index())
        {
            if (line.Length == 0) continue;
            if (numbers.TryAdd(line, i)) continue;
            throw new InvalidDataException(
                $"'{vocabulary}', line {i + 1}: '{line}' stands in line {numbers[line] + 1}, too.");
        }

        foreach (string token in new[] { "[UNK]", "[CLS]", "[SEP]", "[PAD]", "[MASK]" }) RequireToken(numbers, token, vocabulary);
        var options = new BertOptions { LowerCaseBeforeTokenization = lowerCase };
        return new TextTokenizer(Made(() => BertTokenizer.Create(vocabulary, options), vocabulary), numbers, vocabulary);
    }

    /// <summary>SentencePiece (Kudo and Richardson 2018, arXiv 1808.06226), of byte pairs or unigrams.</summary>
    /// <param name="model">The file <c>.model</c>.</param>
    /// <exception cref="InvalidDataException">It is no model of SentencePiece.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static TextTokenizer FromSentencePiece(string model)
    {
        ArgumentException.ThrowIfNullOrEmpty(model);
        using var stream = File.OpenRead(model);
        var tokenizer = Made(
            () => SentencePieceTokenizer.Create(stream, addBeginningOfSentence: false, addEndOfSentence: false), model);
        return tokenizer.Vocabulary.Count > 0 ? new TextTokenizer(tokenizer, tokenizer.Vocabulary, model)
            : throw new InvalidDataException($"'{model}' has no piece.");
    }

    /// <summary>The number of a token by its name; null for one that the vocabulary does not have.</summary>
    public long? Find(string token)
    {
        ArgumentNullException.ThrowIfNull(token);
        return _numbers.TryGetValue(token, out int number) ? number : null;
    }

    /// <summary>The tokens of a text and where they stand.</summary>
    public TokenizedText Tokenize(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var tokens = _tokenizer.EncodeToTokens(text, out string? normalized);
        normalized ??= text;
        return new TokenizedText(normalized, [.. tokens.Select(token =>
        {
            var (start, length) = token.Offset.GetOffsetAndLength(normalized.Length);
            return new TextToken(token.Id, token.Value, start, length);
        })]);
    }

    /// <summary>Texts as rows of numbers, cut or filled up to one length.</summary>
    /// <param name="texts">At least one.</param>
    /// <param name="length">T: tokens of a row, the frame's among them.</param>
    /// <param name="frame">What stands around tokens and fills rows up; null for nothing.</param>
    /// <returns>[N, T] int64; the caller frees it.</returns>
    /// <exception cref="ArgumentException">No text, a length that the frame fills, or a token of the frame that the vocabulary
    /// does not have.</exception>
    /// <exception cref="DataMismatchException">A text is too short, and nothing fills up.</exception>
    public Tensor Encode(IReadOnlyList<string> texts, int length, TokenFrame? frame = null)
    {
        ArgumentNullException.ThrowIfNull(texts);
        if (texts.Count == 0) throw new ArgumentException("There is no text.", nameof(texts));
        frame ??= new TokenFrame();
        long[] begin = Named(frame.Begin), end = Named(frame.End), padding = Named(frame.Padding);
        int room = length - begin.Length - end.Length;
        ArgumentOutOfRangeException.ThrowIfLessThan(room, 1, nameof(length));
        var rows = new long[texts.Count * (long)length];
        for (int i = 0; i < texts.Count; i++)
        {
            long[] row = [.. begin, .. Tokenize(texts[i]).Tokens.Take(room).Select(token => token.Id), .. end];
            if (row.Length < length && padding.Length == 0)
            {
                throw new DataMismatchException(
                    $"Text {i} has {row.Length} tokens, and a row has {length}: give a frame with Padding, or shorter rows.");
            }

            row.CopyTo(rows, (long)i * length);
            if (row.Length < length) rows.AsSpan((i * length) + row.Length, length - row.Length).Fill(padding[0]);
        }

        return from_array(rows).reshape(texts.Count, length);

        long[] Named(string? token) => token is null ? []
            : [Find(token) ?? throw new ArgumentException($"'{token}' of the frame is not in '{_source}'.", nameof(frame))];
    }

    /// <summary>The text of tokens. What a tokenizer leaves out, such as spaces of WordPiece, does not come back as it
    /// was.</summary>
    /// <param name="tokens">[T] int64.</param>
    /// <param name="frame">Whose tokens are left out; null to leave none.</param>
    /// <exception cref="DataMismatchException">The tokens are no [T] of int64, or one is none of the vocabulary's.</exception>
    public string Decode(Tensor tokens, TokenFrame? frame = null)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        if (tokens.dim() != 1 || tokens.dtype != ScalarType.Int64)
        {
            throw new DataMismatchException(
                $"The tokens are {tokens.dtype} [{string.Join(", ", tokens.shape)}], but those of a text are Int64 [T].");
        }

        using var onHost = tokens.cpu().contiguous();
        long[] numbers = [.. onHost.data<long>()];
        foreach (long number in numbers)
        {
            if (number >= 0 && number < VocabularySize) continue;
            throw new DataMismatchException($"Token {number} is none of the {VocabularySize} of '{_source}'.");
        }

        long[] left = [.. new[] { frame?.Begin, frame?.End, frame?.Padding }.OfType<string>().Select(Find).OfType<long>()];
        return _tokenizer.Decode(numbers.Where(number => !left.Contains(number)).Select(number => (int)number)) ?? "";
    }

    /// <summary>Refuses a table of vectors that is not of this vocabulary: too few rows are an error at the first rare token,
    /// too many none at all.</summary>
    /// <param name="table">The weight [V, D] of an <c>[Embedding]</c>.</param>
    /// <param name="name">What the error calls it.</param>
    /// <exception cref="DataMismatchException">It has another number of rows.</exception>
    public void RequireTable(Tensor table, string name = "the embedding")
    {
        ArgumentNullException.ThrowIfNull(table);
        if (table.dim() == 2 && table.size(0) == VocabularySize) return;
        throw new DataMismatchException(
            $"'{_source}' has {VocabularySize} tokens, but {name} is [{string.Join(", ", table.shape)}]: write "
            + $"[Embedding({VocabularySize}, D)].");
    }

    private static System.Text.RegularExpressions.Regex Gpt2Words() => new(
        @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+",
        System.Text.RegularExpressions.RegexOptions.CultureInvariant);

    private static Dictionary<string, int> ReadJson(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            var numbers = JsonSerializer.Deserialize<Dictionary<string, int>>(stream);
            return numbers is { Count: > 0 } && numbers.Values.All(number => number >= 0) ? numbers
                : throw new InvalidDataException($"'{path}' has no tokens, or one with a negative number.");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"'{path}' is no JSON object of tokens and their numbers.", exception);
        }
    }

    private static void RequireToken(IReadOnlyDictionary<string, int> numbers, string token, string path)
    {
        if (!numbers.ContainsKey(token)) throw new InvalidDataException($"'{path}' has no token '{token}'.");
    }

    /// <summary>The package's own errors of a file in one kind, with the file's name.</summary>
    private static T Made<T>(Func<T> make, string path)
    {
        try
        {
            return make();
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or FormatException
            || exception.GetType().Name == "InvalidProtocolBufferException")
        {
            throw new InvalidDataException($"'{path}' is no file of a tokenizer: {exception.Message}", exception);
        }
    }
}
