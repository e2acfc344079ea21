namespace Dsl.Tests.Detecting;

// Models whose output is their parameters: with the identity as input, the weight's gradient is the output's gradient.
[Model(4), Linear(52 * 8, Bias = false), Reshape(52, 8)]
public partial class PriorRows;

[Model(4), Linear(13 * 3 * 3, Bias = false), Reshape(13, 3, 3)]
public partial class Cells;

[Model(4), Linear(3 * 3 * 13, Bias = false)]
public partial class FlatCells;

[Trainer<PriorRows>, Ssd(Maps = new[] { 3, 2 }, Scales = new[] { 0.3, 0.5, 0.9 }), Sgd(1), Steps(1)]
public partial class SsdExplicit;

[Trainer<PriorRows>(Backward = Backward.Autograd), Ssd(Maps = new[] { 3, 2 }, Scales = new[] { 0.3, 0.5, 0.9 }), Sgd(1), Steps(1)]
public partial class SsdAutograd;

[Trainer<Cells>, Yolo(3), Sgd(1), Steps(1)]
public partial class YoloExplicit;

[Trainer<Cells>(Backward = Backward.Autograd), Yolo(3), Sgd(1), Steps(1)]
public partial class YoloAutograd;

[Trainer<FlatCells>, Yolo(3), Sgd(1), Steps(1)]
public partial class FlatYoloExplicit;

[Trainer<FlatCells>, Yolo(3), Accumulate(2), Sgd(0.05), Steps(2), BatchSize(2)]
public partial class AccumulatingYolo;

[Model(4), Linear(78 * 7, Bias = false), Reshape(78, 7)]
public partial class AnchorRows;

[Trainer<AnchorRows>, RetinaNet(Maps = new[] { 3, 2 }, Scales = new[] { 0.25, 0.5 }, ScalesPerOctave = 2), Sgd(1), Steps(1)]
public partial class RetinaNetExplicit;

[Trainer<AnchorRows>(Backward = Backward.Autograd)]
[RetinaNet(Maps = new[] { 3, 2 }, Scales = new[] { 0.25, 0.5 }, ScalesPerOctave = 2), Sgd(1), Steps(1)]
public partial class RetinaNetAutograd;

[Model(4), Linear(6 * 8, Bias = false), Reshape(6, 8)]
public partial class SixQueries;

[Model(4), Linear(2 * 8, Bias = false), Reshape(2, 8)]
public partial class TwoQueries;

[Trainer<SixQueries>, Detr, Sgd(1), Steps(1)]
public partial class DetrExplicit;

[Trainer<SixQueries>(Backward = Backward.Autograd), Detr, Sgd(1), Steps(1)]
public partial class DetrAutograd;

[Trainer<TwoQueries>, Detr, Sgd(1), Steps(1)]
public partial class FewDetrExplicit;

[Trainer<TwoQueries>(Backward = Backward.Autograd), Detr, Sgd(1), Steps(1)]
public partial class FewDetrAutograd;
