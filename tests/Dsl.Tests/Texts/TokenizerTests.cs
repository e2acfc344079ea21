using System.Text;
using Dsl.Runtime;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests.Texts;

/// <summary>Tokens of texts by small files of each kind: numbers worked out by hand, places, frames, the way
/// back, errors.</summary>
public sealed class TokenizerTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    [Fact]
    public void Byte_pairs()
    {
        string vocabulary = Write("vocab.json", """{"a":0,"b":1,"c":2,"Ġ":3,"ab":4,"Ġab":5,"abc":6,"Ã":7,"©":8}""");
        var tokenizer = TextTokenizer.FromBpe(vocabulary, Write("merges.txt", "#version: 0.2\na b\nĠ ab\nab c\n"));
        Assert.Equal(9, tokenizer.VocabularySize);

        // "abc" takes a b and then ab c; " ab" takes a b and then Ġ ab; an é is of two bytes.
        var tokens = tokenizer.Tokenize("abc ab é").Tokens;
        Assert.Equal([6L, 5, 3, 7, 8], tokens.Select(token => token.Id));
        Assert.Equal((0, 3), (tokens[0].Start, tokens[0].Length));
        Assert.Equal((3, 3), (tokens[1].Start, tokens[1].Length));
        using var row = tensor(tokens.Select(token => token.Id).ToArray());
        Assert.Equal("abc ab é", tokenizer.Decode(row));
    }

    [Fact]
    public void Byte_pairs_of_characters_have_an_unknown_token()
    {
        string vocabulary = Write("vocab.json", """{"?":0,"a":1,"b":2,"ab":3}""");
        var tokenizer = TextTokenizer.FromBpe(vocabulary, Write("merges.txt", "a b\n"), byteLevel: false, unknown: "?");
        Assert.Equal([3L, 0, 2], tokenizer.Tokenize("ab xb").Tokens.Select(token => token.Id));
    }

    [Fact]
    public void Word_pieces()
    {
        var tokenizer = TextTokenizer.FromWordPiece(Pieces());
        Assert.Equal(10, tokenizer.VocabularySize);
        var text = tokenizer.Tokenize("Playing play, plays");
        Assert.Equal([5L, 6, 5, 8, 5, 7], text.Tokens.Select(token => token.Id));
        Assert.Equal(["play", "##ing", "play", ",", "play", "##s"], text.Tokens.Select(token => token.Text));
        Assert.Equal("playing", text.NormalizedText[text.Tokens[0].Start..(text.Tokens[1].Start + text.Tokens[1].Length)]);
        Assert.Equal(1, Assert.Single(tokenizer.Tokenize("xyz").Tokens).Id);
        Assert.Equal(2, tokenizer.Find("[CLS]"));
        Assert.Null(tokenizer.Find("xyz"));
    }

    [Fact]
    public void Rows_are_framed_cut_and_filled_up()
    {
        var tokenizer = TextTokenizer.FromWordPiece(Pieces());
        using var rows = tokenizer.Encode(["plays", "play play play playing"], length: 5, TokenFrame.Bert);
        Assert.Equal([2, 5], rows.shape);
        Assert.Equal([2L, 5, 7, 3, 0, 2, 5, 5, 5, 3], rows.data<long>().ToArray());
        using var first = rows[0];
        Assert.Equal("plays", tokenizer.Decode(first, TokenFrame.Bert));
        Assert.Contains("Text 0 has 2", Assert.Throws<DataMismatchException>(() => tokenizer.Encode(["plays"], 3)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => tokenizer.Encode(["plays"], 2, TokenFrame.Bert));
        Assert.Contains("'<s>'", Assert.Throws<ArgumentException>(() =>
            tokenizer.Encode(["plays"], 4, new TokenFrame { Begin = "<s>" })).Message);
    }

    [Fact]
    public void Sentence_pieces()
    {
        string path = Path.Combine(_folder.FullName, "tiny.model");
        File.WriteAllBytes(path, SentencePieceModel(
            ("<unk>", 0, 2), ("<s>", 0, 3), ("</s>", 0, 3), ("\u2581ab", -1, 1), ("c", -2, 1), ("a", -5, 1), ("b", -6, 1),
            ("\u2581", -7, 1), ("\u2581a", -3, 1)));
        var tokenizer = TextTokenizer.FromSentencePiece(path);
        Assert.Equal(9, tokenizer.VocabularySize);
        Assert.Equal([3L, 4, 3], tokenizer.Tokenize("abc ab").Tokens.Select(token => token.Id));
        using var row = tensor(new long[] { 3, 4, 3 });
        Assert.Equal("abc ab", tokenizer.Decode(row));
        using var framed = tokenizer.Encode(["ab"], 3, new TokenFrame { Begin = "<s>", End = "</s>" });
        Assert.Equal([1L, 3, 2], framed.data<long>().ToArray());
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        var tokenizer = TextTokenizer.FromWordPiece(Pieces());
        using var table = zeros(9, 4);
        Assert.Contains("has 10 tokens", Assert.Throws<DataMismatchException>(() => tokenizer.RequireTable(table)).Message);
        using var fits = zeros(10, 4);
        tokenizer.RequireTable(fits);
        using var foreign = tensor(new long[] { 10 });
        Assert.Contains("Token 10", Assert.Throws<DataMismatchException>(() => tokenizer.Decode(foreign)).Message);
        Assert.Throws<DataMismatchException>(() => tokenizer.Decode(table));
        Assert.Contains("no token '[CLS]'", Assert.Throws<InvalidDataException>(() =>
            TextTokenizer.FromWordPiece(Write("lacking.txt", "[PAD]\n[UNK]\n"))).Message);
        Assert.Contains("line 2", Assert.Throws<InvalidDataException>(() =>
            TextTokenizer.FromWordPiece(Write("twice.txt", "a\na\n"))).Message);
        Assert.Contains("no JSON", Assert.Throws<InvalidDataException>(() =>
            TextTokenizer.FromBpe(Write("broken.json", "[1"), Write("m.txt", ""))).Message);
        Assert.Contains("'ab' is not in", Assert.Throws<InvalidDataException>(() =>
            TextTokenizer.FromBpe(Write("v.json", """{"a":0,"b":1}"""), Write("m.txt", "a b\n"))).Message);
        Assert.Throws<InvalidDataException>(() => TextTokenizer.FromSentencePiece(Write("broken.model", "no protobuf")));
        Assert.ThrowsAny<IOException>(() => TextTokenizer.FromWordPiece(Path.Combine(_folder.FullName, "absent.txt")));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string Pieces() => Write("vocab.txt", "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nplay\n##ing\n##s\n,\nthe\n");

    private string Write(string name, string content)
    {
        string path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, content);
        return path;
    }

    /// <summary>A model of unigrams in Protocol Buffers: pieces (1: text, 2: log-probability, 3: kind) are field 1, the trainer's
    /// settings field 2 with the kind of model (3: 1) and numbers of special pieces (40, 41, 42), the normaliser's field
    /// 3.</summary>
    private static byte[] SentencePieceModel(params (string Text, float Score, byte Kind)[] pieces)
    {
        using var model = new MemoryStream();
        foreach (var (text, score, kind) in pieces)
        {
            byte[] name = Encoding.UTF8.GetBytes(text);
            Part(1, [0x0A, (byte)name.Length, .. name, 0x15, .. BitConverter.GetBytes(score), 0x18, kind]);
        }

        Part(2, [0x18, 1, 0xC0, 0x02, 0, 0xC8, 0x02, 1, 0xD0, 0x02, 2]);
        Part(3, [0x0A, 8, .. "identity"u8, 0x18, 1, 0x20, 1, 0x28, 1]);
        return model.ToArray();

        void Part(int field, byte[] content)
        {
            model.WriteByte((byte)((field << 3) | 2));
            model.WriteByte((byte)content.Length);
            model.Write(content);
        }
    }
}
