namespace Dsl.Tests.Recurrences;

[Model(5, 4), Rnn(6)]
public partial class Simple;

[Model(5, 4), Rnn(6, States = States.Last)]
public partial class SimpleLast;

[Model(5, 4), Rnn(6, Bias = false)]
public partial class SimpleNoBias;

[Model(5, 4), Rnn(6, Layers = 2)]
public partial class SimpleTwoLayers;

[Model(5, 4), Rnn(6, Layers = 2, States = States.Last)]
public partial class SimpleTwoLayersLast;

[Model(5, 4), Rnn(6, Bidirectional = true)]
public partial class SimpleBidirectional;

[Model(5, 4), Rnn(6, Bidirectional = true, States = States.Last)]
public partial class SimpleBidirectionalLast;

[Model(4, 4), Rnn(3, Layers = 2, Bidirectional = true)]
public partial class SimpleBidirectionalTwoLayers;

[Model(4, 4), Rnn(3, Layers = 2, Bidirectional = true, Bias = false, States = States.Last)]
public partial class SimpleBidirectionalTwoLayersLastNoBias;

[Model(2, 4), Rnn(6)]
public partial class SimpleTwoSteps;

[Model(5, 4), Lstm(6)]
public partial class Memory;

[Model(5, 4), Lstm(6, States = States.Last)]
public partial class MemoryLast;

[Model(5, 4), Lstm(6, Bias = false)]
public partial class MemoryNoBias;

[Model(5, 4), Lstm(6, Layers = 2)]
public partial class MemoryTwoLayers;

[Model(5, 4), Lstm(6, Layers = 2, States = States.Last)]
public partial class MemoryTwoLayersLast;

[Model(5, 4), Lstm(6, Bidirectional = true)]
public partial class MemoryBidirectional;

[Model(5, 4), Lstm(6, Bidirectional = true, States = States.Last)]
public partial class MemoryBidirectionalLast;

[Model(4, 4), Lstm(3, Layers = 2, Bidirectional = true)]
public partial class MemoryBidirectionalTwoLayers;

[Model(4, 4), Lstm(3, Layers = 2, Bidirectional = true, Bias = false, States = States.Last)]
public partial class MemoryBidirectionalTwoLayersLastNoBias;

[Model(2, 4), Lstm(6)]
public partial class MemoryTwoSteps;

[Model(5, 4), Gru(6)]
public partial class Gated;

[Model(5, 4), Gru(6, States = States.Last)]
public partial class GatedLast;

[Model(5, 4), Gru(6, Bias = false)]
public partial class GatedNoBias;

[Model(5, 4), Gru(6, Layers = 2)]
public partial class GatedTwoLayers;

[Model(5, 4), Gru(6, Layers = 2, States = States.Last)]
public partial class GatedTwoLayersLast;

[Model(5, 4), Gru(6, Bidirectional = true)]
public partial class GatedBidirectional;

[Model(5, 4), Gru(6, Bidirectional = true, States = States.Last)]
public partial class GatedBidirectionalLast;

[Model(4, 4), Gru(3, Layers = 2, Bidirectional = true)]
public partial class GatedBidirectionalTwoLayers;

[Model(4, 4), Gru(3, Layers = 2, Bidirectional = true, Bias = false, States = States.Last)]
public partial class GatedBidirectionalTwoLayersLastNoBias;

[Model(2, 4), Gru(6)]
public partial class GatedTwoSteps;

[Model(5, 4), Rnn(6, Nonlinearity = RnnNonlinearity.ReLU)]
public partial class Rectified;

[Model(5, 4), Rnn(3, Layers = 2, Nonlinearity = RnnNonlinearity.ReLU, Bidirectional = true, States = States.Last)]
public partial class RectifiedBoth;

[Model(5, 4), Lstm(6, Layers = 2, Dropout = 0.4)]
public partial class Dropped;

[Model(5, 4), Lstm(6)]
public partial class Below;

[Model(5, 6), Lstm(6)]
public partial class Above;

[Model(20, 30), Gru(8, Layers = 3, Dropout = 0.25, Bidirectional = true, States = States.Last)]
public partial class DroppedTwice;

// Every kind in one stack, with what may be written in place beside it.
[Model(6, 4)]
[Rnn(5, Bidirectional = true, Layers = 2, Dropout = 0.3), ReLU, Lstm(4, Layers = 2, Dropout = 0.2, Bidirectional = true), Tanh]
[Tag("sequence"), Gru(8), Add("sequence"), Linear(6), ReLU, Gru(5, Bidirectional = true, States = States.Last), ReLU, Linear(3)]
public partial class EveryRecurrence;

[Block, Gru(5, Bidirectional = true), Lstm(4), Frozen]
public partial class FrozenRecurrences;

[Model(6, 4), Rnn(5), Use<FrozenRecurrences>, Gru(4, States = States.Last)]
public partial class FrozenBetween;

[Trainer<EveryRecurrence>, CrossEntropy, Sgd(0.1), Steps(10), Seed(3)]
public partial class RecurrenceTrainer;

[Trainer<EveryRecurrence>(Backward = Backward.Autograd), CrossEntropy, Sgd(0.1), Steps(10), Seed(3)]
public partial class RecurrenceAutogradTrainer;
