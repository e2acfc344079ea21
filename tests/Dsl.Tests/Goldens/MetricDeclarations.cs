namespace Dsl.Tests.Losses;

[Trainer<Logits>, Triplet(Mining = TripletMining.SemiHard), Sgd(1), Steps(1)]
public partial class TripletSemiHardExplicit;

[Trainer<Logits>(Backward = Backward.Autograd), Triplet(Mining = TripletMining.SemiHard), Sgd(1), Steps(1)]
public partial class TripletSemiHardAutograd;

[Trainer<Logits>, Triplet(Squared = true), Sgd(1), Steps(1)]
public partial class TripletSquaredExplicit;

[Trainer<Logits>(Backward = Backward.Autograd), Triplet(Squared = true), Sgd(1), Steps(1)]
public partial class TripletSquaredAutograd;

[Trainer<Logits>, Triplet(Normalize = false), Sgd(1), Steps(1)]
public partial class TripletAsIsExplicit;

[Trainer<Logits>(Backward = Backward.Autograd), Triplet(Normalize = false), Sgd(1), Steps(1)]
public partial class TripletAsIsAutograd;

[Trainer<Logits>, Triplet(Soft = true), Sgd(1), Steps(1)]
public partial class TripletSoftExplicit;

[Trainer<Logits>(Backward = Backward.Autograd), Triplet(Soft = true), Sgd(1), Steps(1)]
public partial class TripletSoftAutograd;

[Trainer<Logits>, Triplet(Mining = TripletMining.BatchAll), Sgd(1), Steps(1)]
public partial class TripletAllExplicit;

[Trainer<Logits>(Backward = Backward.Autograd), Triplet(Mining = TripletMining.BatchAll), Sgd(1), Steps(1)]
public partial class TripletAllAutograd;

[Trainer<Logits>, Triplet(Mining = TripletMining.BatchAll, Soft = true), Sgd(1), Steps(1)]
public partial class TripletAllSoftExplicit;

[Trainer<Logits>(Backward = Backward.Autograd), Triplet(Mining = TripletMining.BatchAll, Soft = true), Sgd(1), Steps(1)]
public partial class TripletAllSoftAutograd;

[Trainer<Logits>, Triplet(Mining = TripletMining.BatchHard), Sgd(1), Steps(1)]
public partial class TripletHardExplicit;

[Trainer<Logits>(Backward = Backward.Autograd), Triplet(Mining = TripletMining.BatchHard), Sgd(1), Steps(1)]
public partial class TripletHardAutograd;

[Trainer<Logits>, Triplet(Mining = TripletMining.BatchHard, Soft = true), Sgd(1), Steps(1)]
public partial class TripletHardSoftExplicit;

[Trainer<Logits>(Backward = Backward.Autograd), Triplet(Mining = TripletMining.BatchHard, Soft = true), Sgd(1), Steps(1)]
public partial class TripletHardSoftAutograd;

[Trainer<Logits>, ContrastivePairs, Sgd(1), Steps(1)]
public partial class PairsExplicit;

[Trainer<Logits>(Backward = Backward.Autograd), ContrastivePairs, Sgd(1), Steps(1)]
public partial class PairsAutograd;

[Trainer<Logits>, ContrastivePairs(Normalize = false), Sgd(1), Steps(1)]
public partial class PairsAsIsExplicit;

[Trainer<Logits>(Backward = Backward.Autograd), ContrastivePairs(Normalize = false), Sgd(1), Steps(1)]
public partial class PairsAsIsAutograd;

[Trainer<Logits>, NPair, SamplesPerClass(2), Sgd(1), Steps(1)]
public partial class TupletsExplicit;

[Trainer<Logits>(Backward = Backward.Autograd), NPair, SamplesPerClass(2), Sgd(1), Steps(1)]
public partial class TupletsAutograd;

[Trainer<Logits>, Prototypical(Shots = 2), SamplesPerClass(4), Sgd(1), Steps(1)]
public partial class PrototypesExplicit;

[Trainer<Logits>(Backward = Backward.Autograd), Prototypical(Shots = 2), SamplesPerClass(4), Sgd(1), Steps(1)]
public partial class PrototypesAutograd;

[Trainer<Logits>, Prototypical(Normalize = true, Shots = 2), SamplesPerClass(4), Sgd(1), Steps(1)]
public partial class PrototypesNormalizedExplicit;

[Trainer<Logits>(Backward = Backward.Autograd), Prototypical(Normalize = true, Shots = 2), SamplesPerClass(4), Sgd(1), Steps(1)]
public partial class PrototypesNormalizedAutograd;
