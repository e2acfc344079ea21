using Dsl;

namespace Recipes.Words;

/// <summary>The words of the recipe's part of Shakespeare that come five times or more.</summary>
public static class Size
{
    /// <summary>V.</summary>
    public const int Words = 2624;

    /// <summary>D.</summary>
    public const int Features = 100;

    /// <summary>Vectors that n-grams share.</summary>
    public const int Buckets = 20_000;

    /// <summary>The word with most n-grams has so many numbers, its own among them.</summary>
    public const int Grams = 51;
}

/// <summary>A vector for each word.</summary>
[Model(1, Elements = Elements.Index), Embedding(Size.Words, Size.Features)]
[Init(Initializer.Uniform, Bound = 0.5 / Size.Features)]
public partial class WordTable;

/// <summary>A vector for each word as a context.</summary>
[Model(1, Elements = Elements.Index), Embedding(Size.Words, Size.Features), Init(Initializer.Zero)]
public partial class ContextTable;

/// <summary>A vector for each word and for each bucket of n-grams.</summary>
[Model(Size.Grams, Elements = Elements.Index), Init(Initializer.Uniform, Bound = 0.5 / Size.Features)]
[Embedding(Size.Words + Size.Buckets + 1, Size.Features, PaddingIndex = Size.Words + Size.Buckets)]
public partial class SubwordTable;

/// <summary>A vector and a bias for each word.</summary>
[Model(1, Elements = Elements.Index), Embedding(Size.Words, Size.Features + 1)]
[Init(Initializer.Uniform, Bound = 0.5 / Size.Features)]
public partial class BiasedTable;

/// <summary>Skip-gram.</summary>
[Trainer<WordTable>, SkipGram<ContextTable>, Adam(2e-3), Polynomial, BatchSize(512), Epochs(1)]
public partial class SkipGramTrainer;

/// <summary>fastText.</summary>
[Trainer<SubwordTable>, FastText<ContextTable>, Adam(2e-3), Polynomial, BatchSize(512), Epochs(1)]
public partial class FastTextTrainer;

/// <summary>GloVe.</summary>
[Trainer<BiasedTable>, Glove<BiasedTable>(Maximum = 10), Adagrad(0.05), BatchSize(512), Epochs(15)]
public partial class GloveTrainer;
