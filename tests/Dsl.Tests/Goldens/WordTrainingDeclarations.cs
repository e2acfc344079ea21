namespace Dsl.Tests.TrainedWords;

[Model(1, Elements = Elements.Index), Embedding(7, 5)]
public partial class Word;

[Model(4, Elements = Elements.Index), Embedding(8, 5, PaddingIndex = 7)]
public partial class Around;

[Model(6, Elements = Elements.Index), Embedding(18, 5, PaddingIndex = 17)]
public partial class Grams;

[Model(1, Elements = Elements.Index), Embedding(7, 5), Flatten]
public partial class FlatWord;

[Trainer<Word>, SkipGram<Word>(Negatives = 3), Sgd(0.1, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class SkipGramTrainer;

[Trainer<Word>(Backward = Backward.Autograd), SkipGram<Word>(Negatives = 3), Sgd(0.1, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class SkipGramAutograd;

[Trainer<FlatWord>, SkipGram<FlatWord>(Negatives = 3), Sgd(0.1, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class FlatSkipGram;

[Trainer<Around>, Cbow<Word>(Negatives = 3), Sgd(0.1, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class CbowTrainer;

[Trainer<Around>(Backward = Backward.Autograd), Cbow<Word>(Negatives = 3), Sgd(0.1, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class CbowAutograd;

[Trainer<Grams>, FastText<Word>(Negatives = 3), Sgd(0.1, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class FastTextTrainer;

[Trainer<Grams>(Backward = Backward.Autograd), FastText<Word>(Negatives = 3), Sgd(0.1, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class FastTextAutograd;

[Trainer<Word>, Glove<Word>(Maximum = 10), Sgd(0.02, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class GloveTrainer;

[Trainer<Word>(Backward = Backward.Autograd), Glove<Word>(Maximum = 10), Sgd(0.02, Momentum = 0.9), BatchSize(8), Steps(3)]
public partial class GloveAutograd;

[Trainer<Word>, SkipGram<Word>(Negatives = 4, WordCounts = new double[] { 16, 0, 1, 1, 1, 1, 1 }), Adam(0.05)]
[BatchSize(8), Steps(300)]
public partial class CountedTrainer;

// What learns from made sentences: six words of two topics, and one that comes everywhere.
[Model(1, Elements = Elements.Index), Embedding(7, 5), Init(Initializer.Uniform, Bound = 0.1)]
public partial class Started;

[Model(1, Elements = Elements.Index), Embedding(7, 5), Init(Initializer.Zero)]
public partial class ZeroContexts;

[Model(4, Elements = Elements.Index), Embedding(8, 5, PaddingIndex = 7), Init(Initializer.Uniform, Bound = 0.1)]
public partial class StartedAround;

[Trainer<Started>, SkipGram<ZeroContexts>, Adam(0.02), BatchSize(64), Epochs(3)]
public partial class TopicTrainer;

[Trainer<StartedAround>, Cbow<ZeroContexts>, Adam(0.02), BatchSize(64), Epochs(8)]
public partial class TopicCbow;

[Model(1, Elements = Elements.Index), Embedding(7, 6), Init(Initializer.Uniform, Bound = 0.1)]
public partial class Biased;

[Trainer<Biased>, Glove<Biased>, Adagrad(0.1), BatchSize(16), Epochs(200)]
public partial class TopicGlove;
