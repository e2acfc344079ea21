using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Tests.Steady;

[Model(64), Linear(64), ReLU, Linear(32), Sigmoid, Linear(10)]
public partial class Dense;

[Trainer<Dense>, CrossEntropy, Adam(1e-3)]
public partial class DenseByAdam;

[Trainer<Dense>, CrossEntropy, Sgd(0.1, Momentum = 0.9, Nesterov = true), ClipGradNorm(1)]
public partial class DenseBySgd;

[Trainer<Dense>, MeanSquaredError, AdamW(1e-3)]
public partial class DenseByAdamW;

[Model(1, 12, 12), Conv2d(8, 3, Padding = 1), ReLU, MaxPool2d(2), Conv2d(16, 3), ReLU, MaxPool2d(2), Flatten, Linear(10)]
public partial class Pooled;

[Trainer<Pooled>, CrossEntropy, Adam(1e-3)]
public partial class PooledTrainer;

[Block, TransformerEncoderLayer(2, 32, NormFirst = true, Activation = Activation.GELU, Dropout = 0, Causal = true)]
public partial class SteadyLayer;

[Model(8, Elements = Elements.Index), Embedding(12, 16), PositionalEmbedding]
[Use<SteadyLayer>(Times = 2), LayerNorm, Linear(12)]
public partial class Characters;

[Trainer<Characters>, CrossEntropy(PerPosition = true), Adam(1e-3)]
public partial class CharactersTrainer;

[Model(16, 8), ClassToken, PositionalEmbedding, Use<SteadyLayer>(Times = 2), LayerNorm, Place(0), Linear(10)]
public partial class Patches;

[Trainer<Patches>, CrossEntropy, AdamW(1e-3)]
public partial class PatchesTrainer;

[Model(6, 8), Lstm(16, States = States.Last), Linear(10)]
public partial class LongMemory;

[Trainer<LongMemory>, CrossEntropy, Adam(1e-3)]
public partial class LongMemoryTrainer;

[Model(6, 8), Gru(16, States = States.Last), Linear(10)]
public partial class Gated;

[Trainer<Gated>, CrossEntropy, Adam(1e-3)]
public partial class GatedTrainer;

[Model(1, 4, 4), Input("time", Elements = Elements.Index), Flatten, Tag("noisy")]
[From("time"), Embedding(10, 8), Tag("level")]
[From("noisy"), Concat("level"), Linear(32), SiLU, Linear(16), Reshape(1, 4, 4)]
public partial class SteadyDenoiser;

[Trainer<SteadyDenoiser>, Diffusion(Levels = 10, FirstBeta = 0.1, LastBeta = 0.7), Adam(1e-3), BatchSize(8), Steps(100)]
public partial class SteadyDiffusion;

[Model(4), Linear(16), ReLU, Linear(2)]
public partial class SteadyValues;

[Trainer<SteadyValues>, Dqn(Double = true, TargetPeriod = 1000), Adam(1e-3), ClipGradNorm(10), BatchSize(8), Steps(100)]
public partial class SteadyDqn;

[Model(64), Linear(32), ReLU, Linear(10)]
public partial class SteadyTeacher;

[Trainer<Dense>, Distill(Temperature = 4), Adam(1e-3), Steps(100)]
public partial class SteadyDistillation;

[Model(12), EdgeList, GraphConv(8), ReLU, GraphConv(3)]
public partial class SteadyGraph;

[Trainer<SteadyGraph>, CrossEntropy, Adam(1e-3), Steps(100)]
public partial class SteadyGraphTrainer;

[Trainer<Dense>, Adam(1e-3), Steps(100)]
public partial class SteadyCharbonnier
{
    [Objective]
    internal static Tensor Charbonnier(Tensor prediction, Tensor target) => ((prediction - target).pow(2) + 1e-3).sqrt().mean();
}
