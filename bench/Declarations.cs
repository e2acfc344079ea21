using Dsl;

namespace Bench;

[Model(784), Linear(256), ReLU, Linear(256), ReLU, Linear(10)]
public partial class Mlp;

[Model(1, 28, 28)]
[Conv2d(32, 3, Padding = 1), ReLU, MaxPool2d(2)]
[Conv2d(64, 3, Padding = 1), ReLU, MaxPool2d(2)]
[Flatten, Linear(128), ReLU, Linear(10)]
public partial class Cnn;

[Model(1, 8, 8), Flatten, Linear(64), ReLU, Linear(10)]
public partial class Student;

[Model(1, 8, 8)]
[Conv2d(16, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU]
[Conv2d(32, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU, MaxPool2d(2)]
[Flatten, Linear(64), ReLU, Linear(10)]
public partial class Teacher;

[Block, TransformerEncoderLayer(4, 512, NormFirst = true, Causal = true, Activation = Activation.GELU, Dropout = 0)]
public partial class GptLayer;

[Model(64, Elements = Elements.Index)]
[Embedding(65, 128), PositionalEmbedding, Use<GptLayer>(Times = 4), LayerNorm, Linear(65)]
public partial class Gpt;

[Model(32, 64), Lstm(128, States = States.Last), Linear(10)]
public partial class LongMemory;

[Model(32, 64), Gru(128, States = States.Last), Linear(10)]
public partial class GatedUnits;

[Augmentation, RandomShift(1)]
public partial class Weak;

[Trainer<Mlp>, CrossEntropy, Adam(1e-3), Steps(1_000_000)]
public partial class MlpExplicit;

[Trainer<Mlp>(Backward = Backward.Autograd), CrossEntropy, Adam(1e-3), Steps(1_000_000)]
public partial class MlpAutograd;

[Trainer<Cnn>, CrossEntropy, Adam(1e-3), Steps(1_000_000)]
public partial class CnnExplicit;

[Trainer<Cnn>(Backward = Backward.Autograd), CrossEntropy, Adam(1e-3), Steps(1_000_000)]
public partial class CnnAutograd;

[Trainer<Gpt>, CrossEntropy(PerPosition = true), Adam(1e-3), Steps(1_000_000)]
public partial class GptExplicit;

[Trainer<Gpt>(Backward = Backward.Autograd), CrossEntropy(PerPosition = true), Adam(1e-3), Steps(1_000_000)]
public partial class GptAutograd;

[Trainer<Student>, Distill(Temperature = 4), Adam(1e-3), Steps(1_000_000)]
public partial class DistillExplicit;

[Trainer<Student>(Backward = Backward.Autograd), Distill(Temperature = 4), Adam(1e-3), Steps(1_000_000)]
public partial class DistillAutograd;

[Trainer<Teacher>, CrossEntropy, MeanTeacher(Ema = 0.99, ConsistencyWeight = 20, RampUpSteps = 240), Augment<Weak>]
[Adam(2e-3), Cosine, Steps(1_000_000), BatchSize(32, Unlabeled = 64)]
public partial class MeanTeacherExplicit;

[Trainer<Teacher>(Backward = Backward.Autograd)]
[CrossEntropy, MeanTeacher(Ema = 0.99, ConsistencyWeight = 20, RampUpSteps = 240), Augment<Weak>]
[Adam(2e-3), Cosine, Steps(1_000_000), BatchSize(32, Unlabeled = 64)]
public partial class MeanTeacherAutograd;

[Trainer<LongMemory>, CrossEntropy, Adam(1e-3), Steps(1_000_000)]
public partial class LstmExplicit;

[Trainer<LongMemory>(Backward = Backward.Autograd), CrossEntropy, Adam(1e-3), Steps(1_000_000)]
public partial class LstmAutograd;

[Trainer<GatedUnits>, CrossEntropy, Adam(1e-3), Steps(1_000_000)]
public partial class GruExplicit;

[Trainer<GatedUnits>(Backward = Backward.Autograd), CrossEntropy, Adam(1e-3), Steps(1_000_000)]
public partial class GruAutograd;
