using Dsl.Runtime;
using static TorchSharp.torch;

namespace Dsl.Tests.Ends;

/// <summary>What a model of sequences with lengths has in generated code.</summary>
public interface IEndedModel<TTape>
{
    ParameterArena Arena { get; }

    Tensor Forward(Tensor input, Tensor lengths, TTape tape);

    Tensor? Backward(TTape tape, Tensor outputGradient, bool inputGradient);
}

// Each stack once for six places of which some are padding, once for six and once for three without.

[Block, SelfAttention(2)]
public partial class AttendingStack;

[Model(6, 4), Lengths, Use<AttendingStack>]
public partial class Attending : IEndedModel<Attending.Tape>;

[Model(6, 4), Use<AttendingStack>]
public partial class AttendingSix;

[Model(3, 4), Use<AttendingStack>]
public partial class AttendingThree;

[Block, SelfAttention(2, Causal = true, Rotary = true)]
public partial class CausalStack;

[Model(6, 4), Lengths, Use<CausalStack>]
public partial class CausalEnds : IEndedModel<CausalEnds.Tape>;

[Model(6, 4), Use<CausalStack>]
public partial class CausalSix;

[Model(3, 4), Use<CausalStack>]
public partial class CausalThree;

[Block, PositionalEmbedding(6), TransformerEncoderLayer(2, 8, Dropout = 0)]
[TransformerEncoderLayer(2, 8, Dropout = 0, NormFirst = true)]
public partial class EncodingStack;

[Model(6, 4), Lengths, Use<EncodingStack>]
public partial class Encoding : IEndedModel<Encoding.Tape>;

[Model(6, 4), Use<EncodingStack>]
public partial class EncodingSix;

[Model(3, 4), Use<EncodingStack>]
public partial class EncodingThree;

[Block, SinusoidalEncoding, Tag("memory"), Linear(6), Tanh, CrossAttention(2), TransformerDecoderLayer(2, 8, Dropout = 0)]
public partial class DecodingStack;

[Model(6, 4), Lengths, Use<DecodingStack>]
public partial class Decoding : IEndedModel<Decoding.Tape>;

[Model(6, 4), Use<DecodingStack>]
public partial class DecodingSix;

[Model(3, 4), Use<DecodingStack>]
public partial class DecodingThree;

[Block, Rnn(3, Layers = 2, Bidirectional = true)]
public partial class SimpleStack;

[Model(6, 4), Lengths, Use<SimpleStack>]
public partial class SimpleEnds : IEndedModel<SimpleEnds.Tape>;

[Model(6, 4), Use<SimpleStack>]
public partial class SimpleSix;

[Model(3, 4), Use<SimpleStack>]
public partial class SimpleThree;

[Block, Lstm(3, Layers = 2, Bidirectional = true)]
public partial class MemoryStack;

[Model(6, 4), Lengths, Use<MemoryStack>]
public partial class MemoryEnds : IEndedModel<MemoryEnds.Tape>;

[Model(6, 4), Use<MemoryStack>]
public partial class MemorySix;

[Model(3, 4), Use<MemoryStack>]
public partial class MemoryThree;

[Block, Lstm(3), Lstm(3, Bidirectional = true, States = States.Last)]
public partial class MemoryLastStack;

[Model(6, 4), Lengths, Use<MemoryLastStack>]
public partial class MemoryLastEnds : IEndedModel<MemoryLastEnds.Tape>;

[Model(6, 4), Use<MemoryLastStack>]
public partial class MemoryLastSix;

[Model(3, 4), Use<MemoryLastStack>]
public partial class MemoryLastThree;

[Block, Gru(3, Layers = 2, Bidirectional = true, States = States.Last)]
public partial class GatedLastStack;

[Model(6, 4), Lengths, Use<GatedLastStack>]
public partial class GatedLastEnds : IEndedModel<GatedLastEnds.Tape>;

[Model(6, 4), Use<GatedLastStack>]
public partial class GatedLastSix;

[Model(3, 4), Use<GatedLastStack>]
public partial class GatedLastThree;

[Block, Gru(3, Bidirectional = true), Rnn(4, States = States.Last)]
public partial class GatedStack;

[Model(6, 4), Lengths, Use<GatedStack>]
public partial class GatedEnds : IEndedModel<GatedEnds.Tape>;

[Model(6, 4), Use<GatedStack>]
public partial class GatedSix;

[Model(3, 4), Use<GatedStack>]
public partial class GatedThree;

[Block, Linear(5), Place(-1)]
public partial class LastStack;

[Model(6, 4), Lengths, Use<LastStack>]
public partial class LastEnds : IEndedModel<LastEnds.Tape>;

[Model(6, 4), Use<LastStack>]
public partial class LastSix;

[Model(3, 4), Use<LastStack>]
public partial class LastThree;

[Block, ClassToken, TransformerEncoderLayer(2, 8, Dropout = 0), Place]
public partial class ClassTokenStack;

[Model(6, 4), Lengths, Use<ClassTokenStack>]
public partial class ClassTokenEnds : IEndedModel<ClassTokenEnds.Tape>;

[Model(6, 4), Use<ClassTokenStack>]
public partial class ClassTokenSix;

[Model(3, 4), Use<ClassTokenStack>]
public partial class ClassTokenThree;

[Block, Permute(2, 1), Conv1d(6, 3, Padding = 1), ReLU, Conv1d(4, 3, Padding = 2, Dilation = 2), TemporalConv(5, 3)]
[Permute(2, 1)]
public partial class ConvolvingStack;

[Model(6, 4), Lengths, Use<ConvolvingStack>]
public partial class Convolving : IEndedModel<Convolving.Tape>;

[Model(6, 4), Use<ConvolvingStack>]
public partial class ConvolvingSix;

[Model(3, 4), Use<ConvolvingStack>]
public partial class ConvolvingThree;

[Block, Linear(5), GELU, Permute(2, 1), GlobalAvgPool1d, Linear(3)]
public partial class MeanStack;

[Model(6, 4), Lengths, Use<MeanStack>]
public partial class MeanEnds : IEndedModel<MeanEnds.Tape>;

[Model(6, 4), Use<MeanStack>]
public partial class MeanSix;

[Model(3, 4), Use<MeanStack>]
public partial class MeanThree;


[Model(6, 4), Lengths, Use<MixedWidths>]
public partial class Apart : IEndedModel<Apart.Tape>;

[Model(6, 4), Use<MixedWidths>]
public partial class ApartSix;

[Model(3, 4), Use<MixedWidths>]
public partial class ApartThree;

[Block, Linear(6), LayerNorm, Tag("first"), FeedForward(8), RMSNorm, Add("first"), SiLU, Multiply("first")]
[Linear(4), Softmax, L2Normalize(2)]
public partial class MixedWidths;

// PyTorch's masks and packed sequences.

[Model(6, 4), Lengths, SelfAttention(2)]
public partial class MaskedAttention : IEndedModel<MaskedAttention.Tape>;

[Model(6, 4), Lengths, TransformerEncoderLayer(2, 8, Dropout = 0)]
public partial class MaskedEncoder : IEndedModel<MaskedEncoder.Tape>;

[Model(6, 4), Lengths, TransformerEncoderLayer(2, 8, Dropout = 0, NormFirst = true)]
public partial class MaskedEncoderNormFirst : IEndedModel<MaskedEncoderNormFirst.Tape>;

[Model(6, 4), Lengths, Use<DecodesItself>]
public partial class MaskedDecoder : IEndedModel<MaskedDecoder.Tape>;

[Block, Tag("memory"), TransformerDecoderLayer(2, 8, Dropout = 0)]
public partial class DecodesItself;

[Model(6, 4), Lengths, Rnn(3, Layers = 2, Bidirectional = true)]
public partial class PackedRnn : IEndedModel<PackedRnn.Tape>;

[Model(6, 4), Lengths, Lstm(3, Layers = 2, Bidirectional = true)]
public partial class PackedLstm : IEndedModel<PackedLstm.Tape>;

[Model(6, 4), Lengths, Lstm(3, Bidirectional = true, States = States.Last)]
public partial class PackedLstmLast : IEndedModel<PackedLstmLast.Tape>;

[Model(6, 4), Lengths, Gru(3, Bidirectional = true)]
public partial class PackedGru : IEndedModel<PackedGru.Tape>;

[Model(6, 4), Lengths, Gru(3, Layers = 2, Bidirectional = true, States = States.Last)]
public partial class PackedGruLast : IEndedModel<PackedGruLast.Tape>;

[Model(6, 4), Lengths, Linear(5), Tanh, Permute(2, 1), GlobalAvgPool1d]
public partial class MaskedMean : IEndedModel<MaskedMean.Tape>;

[Model(6, Elements = Elements.Index), Lengths, Embedding(9, 4), Gru(3, Bidirectional = true), Linear(3)]
public partial class Tagger;

[Model(6, Elements = Elements.Index), Lengths, Embedding(9, 4), Gru(3, Bidirectional = true), Linear(2)]
public partial class Reader;

[Trainer<Tagger>, CrossEntropy(PerPosition = true), Sgd(0.5), Epochs(1)]
public partial class TaggerExplicit;

[Trainer<Tagger>(Backward = Backward.Autograd), CrossEntropy(PerPosition = true), Sgd(0.5), Epochs(1)]
public partial class TaggerAutograd;

[Trainer<Tagger>, CrossEntropy(PerPosition = true, LabelSmoothing = 0.1), Sgd(0.5), Epochs(1)]
public partial class SmoothedTaggerExplicit;

[Trainer<Tagger>(Backward = Backward.Autograd), CrossEntropy(PerPosition = true, LabelSmoothing = 0.1), Sgd(0.5), Epochs(1)]
public partial class SmoothedTaggerAutograd;

[Trainer<Reader>, MeanSquaredError, Sgd(0.5), Epochs(1)]
public partial class ReaderExplicit;

[Trainer<Reader>(Backward = Backward.Autograd), MeanSquaredError, Sgd(0.5), Epochs(1)]
public partial class ReaderAutograd;

[Trainer<Reader>, Huber(Delta = 0.7), Sgd(0.5), Epochs(1)]
public partial class HuberReaderExplicit;

[Trainer<Reader>(Backward = Backward.Autograd), Huber(Delta = 0.7), Sgd(0.5), Epochs(1)]
public partial class HuberReaderAutograd;

[Model(10, Elements = Elements.Index), Lengths, Embedding(9, 8), Lstm(12, Bidirectional = true, States = States.Last), Linear(2)]
public partial class Endings;

[Trainer<Endings>, CrossEntropy, Adam(0.02), BatchSize(16), BatchesByLength(4), Epochs(8)]
public partial class EndingsTrainer;

[Trainer<Reader>, L1, Sgd(0.5), Epochs(1)]
public partial class AbsoluteReaderExplicit;

[Trainer<Reader>(Backward = Backward.Autograd), L1, Sgd(0.5), Epochs(1)]
public partial class AbsoluteReaderAutograd;
