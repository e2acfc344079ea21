using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>Diagnostics of trained vectors of words: which tables fit each other.</summary>
public class WordDiagnosticTests
{
    [Theory]
    [InlineData("Word", "SkipGram<Word>")]
    [InlineData("Word", "SkipGram<FlatWord>(Negatives = 2, Exponent = 0), Accumulate(2), ClipGradNorm(1), WeightAverage")]
    [InlineData("FlatWord", "SkipGram<Word>(WordCounts = new double[] { 1, 2, 3, 4, 5, 6, 7 })")]
    [InlineData("Word", "SkipGram<Word>({|DSL480:WordCounts = new double[] { 1, 2 }|})")]
    [InlineData("Word", "SkipGram<Word>({|DSL105:Negatives = 0|})")]
    [InlineData("Word", "SkipGram<Word>({|DSL105:Exponent = -1|})")]
    [InlineData("Words", "{|DSL480:SkipGram<Word>|}")]
    [InlineData("Word", "{|DSL480:SkipGram<WideWord>|}")]
    [InlineData("Word", "{|DSL480:SkipGram<Words>|}")]
    [InlineData("Word", "{|DSL480:SkipGram<Real>|}")]
    [InlineData("Real", "SkipGram<Word>")]
    [InlineData("Word", "SkipGram<Word>, {|DSL403:CrossEntropy|}")]
    [InlineData("Word", "SkipGram<Word>, {|DSL403:Cbow<Word>|}")]
    [InlineData("Word", "SkipGram<Word>, {|DSL403:EarlyStopping(Metric.Loss)|}")]
    public Task Skip_gram(string model, string parts) => Check(model, parts);

    [Theory]
    [InlineData("Words", "Cbow<Word>")]
    [InlineData("Unpadded", "{|DSL480:Cbow<Word>|}")]
    [InlineData("FlatWord", "{|DSL480:Cbow<Word>|}")]
    [InlineData("Words", "FastText<Word>")]
    [InlineData("Unpadded", "{|DSL480:FastText<Word>|}")]
    [InlineData("Words", "{|DSL480:FastText<WideWord>|}")]
    public Task Bags(string model, string parts) => Check(model, parts);

    [Theory]
    [InlineData("Word", "Glove<FlatWord>, Accumulate(2)")]
    [InlineData("Word", "Glove<Word>({|DSL105:Maximum = 0|})")]
    [InlineData("Word", "{|DSL480:Glove<WideWord>|}")]
    [InlineData("Word", "{|DSL480:Glove<MoreWords>|}")]
    [InlineData("Words", "{|DSL480:Glove<Word>|}")]
    [InlineData("Real", "{|DSL480:Glove<Word>|}")]
    [InlineData("Narrow", "{|DSL480:Glove<Narrow>|}")]
    [InlineData("Word", "Glove<Word>, {|DSL403:MeanSquaredError|}")]
    public Task Counts(string model, string parts) => Check(model, parts);

    private static Task Check(string model, string parts) => Verify.Diagnostics($$"""
        using Dsl;

        [Model(1, Elements = Elements.Index), Embedding(7, 4)]
        public partial class Word;

        [Model(1, Elements = Elements.Index), Embedding(7, 4), Flatten]
        public partial class FlatWord;

        [Model(1, Elements = Elements.Index), Embedding(7, 5)]
        public partial class WideWord;

        [Model(1, Elements = Elements.Index), Embedding(8, 4)]
        public partial class MoreWords;

        [Model(1, Elements = Elements.Index), Embedding(7, 1)]
        public partial class Narrow;

        [Model(3, Elements = Elements.Index), Embedding(8, 4, PaddingIndex = 7)]
        public partial class Words;

        [Model(3, Elements = Elements.Index), Embedding(7, 4)]
        public partial class Unpadded;

        [Model(3), Linear(4)]
        public partial class Real;

        [Trainer<{{model}}>, {{parts}}, Adam(1e-3), BatchSize(8), Epochs(2)]
        public partial class WordTrainer;
        """);
}
