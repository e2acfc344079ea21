namespace Dsl;

/// <summary>Reports the share of training samples whose class the network predicts rightly, as it predicts them in
/// training.</summary>
/// <remarks>
/// Every step gives the accuracy of its batch, a member of <c>Losses</c> that stays on the device, and <c>Fit</c> tells
/// watchers and its report the mean over the labels of each epoch. Predictions are those of the step: before its update, with
/// dropout, of augmented and of mixed inputs. Where labels are mixed with a share λ, it is λ·accuracy(y) + (1 −
/// λ)·accuracy(y[π]), as in the authors' code of mixup (arXiv 1710.09412). Predictions whose label is -100 do not count.
/// Evaluation is not affected. It costs a few small operations a step, which a very small network notices; a trainer without it
/// computes nothing.
/// </remarks>
public sealed class TrainingAccuracyAttribute : RecipeAttribute;
