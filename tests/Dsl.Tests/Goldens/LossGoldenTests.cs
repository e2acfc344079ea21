using TorchSharp;
using Xunit;

namespace Dsl.Tests;

/// <summary>Every objective's losses and the gradient of the logits against PyTorch, in both targets.</summary>
public class LossGoldenTests
{
    [Theory]
    [InlineData("CrossEntropyWeights", "cross_entropy_weights")]
    [InlineData("CrossEntropySum", "cross_entropy_sum")]
    [InlineData("Smoothing", "cross_entropy_smoothing_0.1")]
    [InlineData("Smoothing", "cross_entropy_smoothing_0")]
    [InlineData("SmoothingWeights", "cross_entropy_smoothing_weights")]
    [InlineData("SmoothingSum", "cross_entropy_smoothing_sum")]
    [InlineData("Unigram", "cross_entropy_unigram")]
    [InlineData("UnigramWeights", "cross_entropy_unigram_weights")]
    [InlineData("LikelihoodOf", "nll")]
    [InlineData("LikelihoodWeightsSum", "nll_weights_sum")]
    [InlineData("FocalLoss", "focal_gamma_2")]
    [InlineData("FocalLoss", "focal_gamma_0.5")]
    [InlineData("FocalLoss", "focal_gamma_0")]
    [InlineData("FocalWeightsSum", "focal_weights_sum")]
    [InlineData("Margins", "multi_class_hinge")]
    [InlineData("SquaredMargins", "multi_class_hinge_squared")]
    [InlineData("Soft", "soft_bootstrap_0.95")]
    [InlineData("Soft", "soft_bootstrap_1")]
    [InlineData("Soft", "soft_bootstrap_0")]
    [InlineData("Hard", "hard_bootstrap_0.95")]
    [InlineData("Hard", "hard_bootstrap_1")]
    [InlineData("Hard", "hard_bootstrap_0")]
    [InlineData("VirtualTeaching", "teacher_free_reg_0.99_t20")]
    [InlineData("VirtualTeaching", "teacher_free_reg_0.9_t1")]
    [InlineData("VirtualTeaching", "teacher_free_reg_0.9_t1e+06")]
    [InlineData("Disturbed", "disturb_label_0.3")]
    [InlineData("Disturbed", "disturb_label_0")]
    public void Classes(string trainer, string golden)
    {
        Matches(trainer, golden);
        Matches(trainer, golden + "_some");
    }

    [Theory]
    [InlineData("Margins", "multi_class_hinge_as_torch")]
    [InlineData("Penalty", "confidence_penalty_0.1")]
    [InlineData("Penalty", "confidence_penalty_0")]
    [InlineData("PenaltyThreshold", "confidence_penalty_threshold_1.5")]
    [InlineData("PenaltyThreshold", "confidence_penalty_threshold_2.3")]
    [InlineData("PenaltyRamp", "confidence_penalty_ramp")]
    [InlineData("Minimization", "entropy_minimization")]
    [InlineData("MinimizationLabeled", "entropy_minimization_labeled")]
    public void Regularizers(string trainer, string golden) => Matches(trainer, golden);

    // The square of its temperature, 400, times a divergence near zero: the last digits of exponentials come before the others.
    [Fact]
    public void A_teacher_that_was_the_student() => Matches("SelfTeaching", "teacher_free_self", tolerance: 3e-5);

    [Theory]
    [InlineData("Binary", "binary_cross_entropy_1")]
    [InlineData("Binary", "binary_cross_entropy_1_soft")]
    [InlineData("Binary", "binary_cross_entropy_large_logits")]
    [InlineData("BinaryWeighted", "binary_cross_entropy_3")]
    [InlineData("BinaryWeighted", "binary_cross_entropy_3_soft")]
    [InlineData("Labels", "multi_label")]
    [InlineData("Labels", "multi_label_soft")]
    [InlineData("LabelsWeights", "multi_label_weights")]
    [InlineData("LabelsWeights", "multi_label_weights_soft")]
    [InlineData("BinaryFocal", "sigmoid_focal_2_0.25")]
    [InlineData("BinaryFocal", "sigmoid_focal_2_0.25_soft")]
    [InlineData("BinaryFocal", "sigmoid_focal_0.5_0.75")]
    [InlineData("BinaryFocal", "sigmoid_focal_0.5_0.75_soft")]
    [InlineData("BinaryFocal", "sigmoid_focal_0_0.5")]
    [InlineData("BinaryFocal", "sigmoid_focal_0_0.5_soft")]
    [InlineData("Squared", "mean_squared_error")]
    [InlineData("SquaredSum", "mean_squared_error_sum")]
    [InlineData("AbsoluteError", "l1")]
    [InlineData("HuberError", "huber_0.7")]
    [InlineData("HuberError", "huber_2.5")]
    [InlineData("SmoothError", "smooth_l1_0.7")]
    [InlineData("SmoothError", "smooth_l1_2.5")]
    [InlineData("BinaryMargin", "hinge")]
    [InlineData("SquaredBinaryMargin", "hinge_squared")]
    [InlineData("Distribution", "kl_divergence")]
    [InlineData("DistributionSum", "kl_divergence_sum")]
    public void Elements(string trainer, string golden) => Matches(trainer, golden);

    [Theory]
    [InlineData("TripletSemiHard", "triplet_semi_hard")]
    [InlineData("TripletSemiHard", "triplet_semi_hard_1")]
    [InlineData("TripletSemiHard", "triplet_semi_hard_some")]
    [InlineData("TripletSquared", "triplet_squared")]
    [InlineData("TripletAsIs", "triplet_as_is")]
    [InlineData("TripletSoft", "triplet_soft")]
    [InlineData("TripletAll", "triplet_batch_all")]
    [InlineData("TripletAll", "triplet_batch_all_some")]
    [InlineData("TripletAllSoft", "triplet_batch_all_soft")]
    [InlineData("TripletHard", "triplet_batch_hard")]
    [InlineData("TripletHard", "triplet_batch_hard_some")]
    [InlineData("TripletHardSoft", "triplet_batch_hard_soft")]
    [InlineData("Pairs", "contrastive_pairs")]
    [InlineData("Pairs", "contrastive_pairs_some")]
    [InlineData("PairsAsIs", "contrastive_pairs_as_is")]
    [InlineData("Tuplets", "n_pair")]
    [InlineData("Tuplets", "n_pair_penalty")]
    [InlineData("Prototypes", "prototypical")]
    [InlineData("Prototypes", "prototypical_some")]
    [InlineData("Prototypes", "prototypical_1")]
    [InlineData("PrototypesNormalized", "prototypical_normalized")]
    public void Embeddings(string trainer, string golden) => Matches(trainer, golden, "metric");

    private static void Matches(string trainer, string name, string group = "losses", double tolerance = 1e-5)
    {
        var golden = Golden.Load($"{group}/{name}");
        foreach (string target in new[] { "Explicit", "Autograd" })
        {
            using var run = LossRun.Of(trainer + target, golden);
            foreach (string tensor in golden.Names.Where(tensor => tensor.StartsWith("loss.", StringComparison.Ordinal)))
                golden.Matches(tensor, run[tensor["loss.".Length..]], tolerance);
            golden.Matches("logits_gradient", run.Gradient);
        }
    }
}
